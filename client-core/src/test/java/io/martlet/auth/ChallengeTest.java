package io.martlet.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Basic                                        | Basic {}",
                "Basic realm=\"a b\"                          | Basic {realm=a b}",
                "Basic realm = \"a\" , charset=UTF-8          | Basic {charset=UTF-8, realm=a}",
                "Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic realm=\"simple\""
                        + "| Newauth {realm=apps, title=Login to \"apps\", type=1}; Basic {realm=simple}",
                "Negotiate, Basic realm=x                     | Negotiate {}; Basic {realm=x}",
                "Negotiate YWJj==, Basic realm=x              | Negotiate YWJj== {}; Basic {realm=x}",
                ", ,Basic realm=\"\",,                        | Basic {realm=}",
                "DIGEST REALM=\"a, b\", Nonce=\"n=1\"         | DIGEST {nonce=n=1, realm=a, b}",
                "Digest realm=\"\\\\\"                        | Digest {realm=\\}",
            })
    void challengesAreReadFromOneField(String field, String expected) {
        assertEquals(expected, printed(Challenge.parse(List.of(field))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "realm=\"a\"",
                "Digest realm=\"a",
                "Digest realm=\"a\\",
                "Digest realm=\"a\" nonce=\"b\"",
                "Digest realm=, nonce=\"b\"",
                "Digest realm = , nonce=\"b\"",
                "Digest realm=a, Realm=b",
                "Digest =a",
                "Dig\"est realm=a",
            })
    void aMalformedChallengeIsLeftOut(String field) {
        assertEquals("", printed(Challenge.parse(List.of(field))));
    }

    @Test
    void whatIsWellFormedBeforeAFaultAndInOtherFieldsStays() {
        List<String> fields = List.of("Basic realm=a, Digest realm=\"b", "Bearer realm=c");

        assertEquals("Basic {realm=a}; Bearer {realm=c}", printed(Challenge.parse(fields)));
    }

    @Test
    void theParametersOfAuthenticationInfoAreRead() {
        assertEquals(
                Map.of("nextnonce", "a,b", "qop", "auth"), Challenge.parseParameters("nextnonce=\"a,b\", qop=auth"));
        assertEquals(Map.of(), Challenge.parseParameters("nextnonce=\"a"));
    }

    private static String printed(List<Challenge> challenges) {
        return challenges.stream()
                .map(c -> c.scheme() + (c.token68() == null ? "" : " " + c.token68()) + " "
                        + new TreeMap<>(c.parameters()))
                .collect(Collectors.joining("; "));
    }
}
