// What the explorer takes of its libraries; the bundle exports these names and nothing else.
export { UndirectedGraph } from "graphology";
export { default as Sigma } from "sigma";
export { EdgeLineProgram, EdgeRectangleProgram, NodeProgram } from "sigma/rendering";
export { floatColor } from "sigma/utils";
