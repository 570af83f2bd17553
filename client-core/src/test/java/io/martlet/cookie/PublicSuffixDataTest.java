package io.martlet.cookie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.martlet.http.Url;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The tests of the Public Suffix List. They lie outside the project: without them these tests are skipped. */
class PublicSuffixDataTest {
    private static final Pattern CHECK = Pattern.compile("(?m)^checkPublicSuffix\\('?([^,']+)'?, '?([^']+?)'?\\);");
    private static final Pattern PAIR = Pattern.compile("(?m)^(?!//)(\\S+) (\\S+)$");

    @Test
    void registrableDomainsAgreeWithTheTests() throws IOException {
        check("tests.txt", PAIR, PublicSuffixes::registrableDomain);
    }

    @Test
    void registrableDomainsAgreeWithTheTestsInTheirOlderForm() throws IOException {
        check("test_psl.txt", CHECK, PublicSuffixes::registrableDomain);
    }

    @Test
    void registrableDomainsAgreeWithTheTestsByTheListThatIsBesideThem() throws IOException {
        PublicSuffixes beside = listBesideTheTests();

        check("tests.txt", PAIR, beside::registrable);
    }

    @Test
    void eachRuleOfTheListIsKept() throws IOException {
        PublicSuffixes list = listBesideTheTests();
        List<String> rules = Files.readAllLines(data("public_suffix_list.dat")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("//"))
                .toList();

        List<String> broken = rules.stream().filter(rule -> !isKept(list, rule)).toList();

        report("public_suffix_list.dat", "rules", rules.size(), broken.size());
        assertEquals(List.of(), broken);
    }

    private static boolean isKept(PublicSuffixes list, String rule) {
        if (rule.startsWith("!")) {
            return !list.hasSuffix(inAscii(rule.substring(1)));
        }
        String suffix = inAscii(rule.replace("*", "anything"));
        return list.hasSuffix(suffix) && ("below." + suffix).equals(list.registrable("far.below." + suffix));
    }

    private static void check(String file, Pattern form, Function<String, @Nullable String> registrable)
            throws IOException {
        List<MatchResult> tests =
                form.matcher(Files.readString(data(file))).results().toList();
        assertFalse(tests.isEmpty(), "no cases");
        Map<String, String> differences = new TreeMap<>();
        for (MatchResult test : tests) {
            String actual =
                    String.valueOf(test.group(1).equals("null") ? null : registrable.apply(inAscii(test.group(1))));
            if (!inAscii(test.group(2)).equals(actual)) {
                differences.put(test.group(1), "expected " + test.group(2) + " but was " + actual);
            }
        }
        report(file, "domains", tests.size(), differences.size());
        assertEquals(Map.of(), differences);
    }

    private static String inAscii(String domain) {
        return domain.chars().allMatch(c -> c < 0x80)
                ? domain
                : Url.of("http://" + domain).host();
    }

    private static void report(String file, String what, int total, int differences) {
        System.out.println("psl/" + file + ": " + (total - differences) + " of " + total + " " + what + " agree");
    }

    private static PublicSuffixes listBesideTheTests() throws IOException {
        try (BufferedReader list = Files.newBufferedReader(data("public_suffix_list.dat"))) {
            return PublicSuffixes.read(list);
        }
    }

    private static Path data(String file) {
        String data = System.getProperty("martlet.data");
        assumeTrue(data != null, "the system property martlet.data is not set");
        Path path = Path.of(data, "psl", file);
        assumeTrue(Files.exists(path), path + " does not exist");
        return path;
    }
}
