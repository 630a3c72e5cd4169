import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorDetails;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Reference;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What veraPDF says of files: one start of Java for all of them and for all flavours.
 *
 * <p>Usage: java -cp JAR Verdicts.java FLAVOUR,FLAVOUR FILE... A line for each file and flavour, and one for
 * each rule that it breaks, fields parted by tabs: {@code file flavour checks} and
 * {@code - rule count example}.
 *
 * <p>Profiles are read with the JDK's own XML parser, since veraPDF's reader needs a JAXB implementation that
 * neither its jar nor Java 17 has.
 */
public final class Verdicts {
  private static final int MOST_SHOWN = 10_000;

  private Verdicts() {}

  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    for (String name : arguments[0].split(",")) {
      PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
      ValidationProfile profile = profile(flavour);
      for (int at = 1; at < arguments.length; at++) {
        tell(out, arguments[at], name, check(new File(arguments[at]), flavour, profile));
      }
    }
  }

  private static ValidationResult check(File file, PDFAFlavour flavour, ValidationProfile profile)
      throws Exception {
    try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
        PDFAValidator validator =
            Foundries.defaultInstance().createValidator(profile, MOST_SHOWN, false, false, false)) {
      return validator.validate(parser);
    }
  }

  private static void tell(PrintStream out, String file, String flavour, ValidationResult result) {
    Map<String, Integer> broken = new LinkedHashMap<>();
    Map<String, String> examples = new LinkedHashMap<>();
    for (TestAssertion each : result.getTestAssertions()) {
      if (each.getStatus() == TestAssertion.Status.FAILED) {
        String rule = each.getRuleId().getClause() + "-" + each.getRuleId().getTestNumber();
        broken.merge(rule, 1, Integer::sum);
        examples.putIfAbsent(rule, each.getMessage() + " @ " + each.getLocation().getContext());
      }
    }
    if (!result.isCompliant() && broken.isEmpty()) {
      broken.put("unknown", 1);
      examples.put("unknown", "not compliant, no rule named");
    }
    out.println(String.join("\t", file, flavour, String.valueOf(result.getTotalAssertions())));
    broken.forEach(
        (rule, count) ->
            out.println(
                String.join("\t", "-", rule, count.toString(), examples.get(rule).replaceAll("\\s+", " "))));
  }

  // --- profiles ------------------------------------------------------------------------------------

  private static ValidationProfile profile(PDFAFlavour flavour) throws Exception {
    boolean accessible = flavour.getPart().getFamily().getFamily().equals("PDF/UA");
    String level = flavour.getLevel().getCode().toUpperCase();
    String name = (accessible ? "PDFUA-" : "PDFA-") + flavour.getPart().getPartNumber() + level;
    String place = "/org/verapdf/pdfa/validation/" + name + ".xml";
    try (InputStream in = PDFAFlavour.class.getResourceAsStream(place)) {
      Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
      Set<Rule> rules = new HashSet<>();
      for (Element each : elements(root, "rule")) {
        rules.add(rule(each));
      }
      Set<Variable> variables = new HashSet<>();
      for (Element each : elements(root, "variable")) {
        variables.add(
            Profiles.variableFromValues(
                each.getAttribute("name"),
                each.getAttribute("object"),
                text(each, "defaultValue"),
                text(each, "value")));
      }
      return Profiles.profileFromValues(
          flavour, Profiles.profileDetailsFromValues(name, "", "", new Date(0)), "", rules, variables);
    }
  }

  private static Rule rule(Element rule) {
    Element id = elements(rule, "id").get(0);
    List<ErrorArgument> arguments = new ArrayList<>();
    ErrorDetails error = Profiles.errorFromValues(text(rule, "message"), arguments);
    Boolean deferred = rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null;
    return Profiles.ruleFromValues(
        Profiles.ruleIdFromValues(
            PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
            id.getAttribute("clause"),
            Integer.parseInt(id.getAttribute("testNumber"))),
        rule.getAttribute("object"),
        deferred,
        rule.getAttribute("tags"),
        text(rule, "description"),
        text(rule, "test"),
        error,
        new ArrayList<Reference>());
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    List<Element> all = new ArrayList<>();
    for (int at = 0; at < found.getLength(); at++) {
      all.add((Element) found.item(at));
    }
    return all;
  }

  private static String text(Element parent, String name) {
    List<Element> found = elements(parent, name);
    return found.isEmpty() ? "" : found.get(0).getTextContent();
  }
}
