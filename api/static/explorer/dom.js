// Small makers of elements; every text goes in as text.

export const $ = (id) => document.getElementById(id);

// made("a", {href: "/x", class: "y"}, "text", [other elements])
export function made(tag, attributes = {}, ...content) {
  const found = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") found.addEventListener("click", value);
    else if (value === true) found.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) found.setAttribute(name, value);
  }
  found.append(...content.flat().filter((each) => each !== null && each !== undefined));
  return found;
}

const SVG = "http://www.w3.org/2000/svg";

export function drawn(tag, attributes, ...content) {
  const found = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) found.setAttribute(name, value);
  found.append(...content);
  return found;
}

// {name} in a text is filled by the value of that name.
export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
