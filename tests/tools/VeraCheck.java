import java.io.File;
import java.io.InputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/** VeraCheck PROFILE FILE...: one line "index TAB clause-test TAB message" per broken rule, then "index TAB done". */
public class VeraCheck {
    public static void main(String[] args) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        ValidationProfile profile;
        try (InputStream xml = Profiles.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + args[0] + ".xml")) {
            profile = Profiles.profileFromXml(xml);
        }
        for (int i = 1; i < args.length; i++) {
            try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(args[i]), profile.getPDFAFlavour());
                 PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, 1, false, true, false)) {
                report(i - 1, validator.validate(parser));
            } catch (Exception error) {
                System.out.println((i - 1) + "\tunreadable\t" + oneLine(error.toString()));
            }
            System.out.println((i - 1) + "\tdone");
        }
    }

    private static void report(int index, ValidationResult result) {
        for (TestAssertion broken : result.getTestAssertions()) {
            if (broken.getStatus() == TestAssertion.Status.FAILED) {
                String rule = broken.getRuleId().getClause() + "-" + broken.getRuleId().getTestNumber();
                System.out.println(index + "\t" + rule + "\t" + oneLine(String.valueOf(broken.getMessage())));
            }
        }
        if (!result.isCompliant() && result.getFailedChecks().isEmpty()) {
            System.out.println(index + "\tunknown\tnot compliant, and no rule was named");
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
