// What OWL says of files: a line in per file (name, wishes, file; tabs between), a line out per finding.
// Out: NAME consistent true|false, NAME unsatisfiable IRI, NAME DL|RL violation. Read by test_reasoner.py.
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.semanticweb.HermiT.Configuration;
import org.semanticweb.HermiT.ReasonerFactory;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.*;
import org.semanticweb.owlapi.profiles.*;
import org.semanticweb.owlapi.reasoner.OWLReasoner;
import org.semanticweb.owlapi.util.SimpleIRIMapper;

public class Check {
    // args: the file of lines, then an IRI and its file, so that the import of it stays on this machine
    public static void main(String[] args) throws Exception {
        for (String line : Files.readAllLines(Path.of(args[0]))) {
            String[] cells = line.split("\t");
            OWLOntology read = read(cells[2], args[1], args[2]);
            if (cells[1].contains("profiles")) {
                violations(cells[0], "DL", Profiles.OWL2_DL, read);
                violations(cells[0], "RL", Profiles.OWL2_RL, read);
            }
            reason(cells[0], read, cells[1].contains("classes"));
        }
    }

    static OWLOntology read(String file, String known, String its) throws OWLOntologyCreationException {
        OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
        manager.getIRIMappers().add(new SimpleIRIMapper(IRI.create(known), IRI.create(new File(its))));
        return manager.loadOntologyFromOntologyDocument(new File(file));
    }

    static void violations(String name, String profile, OWLProfile by, OWLOntology of) {
        for (OWLProfileViolation found : by.checkOntology(of).getViolations())
            say(name, profile, found.toString().replaceAll("\\s+", " "));
    }

    static void reason(String name, OWLOntology about, boolean classes) {
        Configuration configuration = new Configuration();
        configuration.ignoreUnsupportedDatatypes = true; // dates in the data; a profile finds them in the terms
        configuration.throwInconsistentOntologyException = false;
        OWLReasoner reasoner = new ReasonerFactory().createReasoner(about, configuration);
        boolean consistent = reasoner.isConsistent();
        say(name, "consistent", String.valueOf(consistent));
        if (consistent && classes)
            for (OWLClass found : reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom())
                say(name, "unsatisfiable", found.getIRI().toString());
        reasoner.dispose();
    }

    static void say(String name, String what, String value) {
        System.out.println(String.join("\t", name, what, value));
    }
}
