package io.martlet.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.martlet.auth.Challenge;
import io.martlet.auth.Digest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestAuthenticatorTest {
    private static final String RFC_7616 =
            "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=%s,"
                    + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                    + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
    private static final String CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

    @ParameterizedTest
    @CsvSource({
        "MD5,     8ca523f5e9506fed4657c9700eebdbec",
        "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
    })
    void theExampleOfRfc7616Section3_9_1(String algorithm, String response) {
        DigestAuthenticator it =
                authenticator(new Digest("Mufasa", "Circle of Life"), RFC_7616.formatted(algorithm), CNONCE);

        assertEquals(
                "Digest username=\"Mufasa\", realm=\"http-auth@example.org\","
                        + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", uri=\"/dir/index.html\","
                        + " response=\"" + response + "\", algorithm=" + algorithm + ", qop=auth, nc=00000001,"
                        + " cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\","
                        + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"",
                it.authorization("GET", "/dir/index.html", ""));
    }

    /** With the values of erratum 4897: those in the RFC were made with a SHA-512 that was cut. */
    @Test
    void theExampleOfRfc7616Section3_9_2() {
        DigestAuthenticator it = authenticator(
                new Digest("J\u00e4s\u00f8n Doe", "Secret, or not?"),
                "Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-512-256,"
                        + " nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\","
                        + " opaque=\"HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS\", charset=UTF-8, userhash=true",
                "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v");

        assertEquals(
                "Digest username=\"793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b\","
                        + " realm=\"api@example.org\", nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\","
                        + " uri=\"/doe.json\","
                        + " response=\"3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5\","
                        + " algorithm=SHA-512-256, qop=auth, nc=00000001,"
                        + " cnonce=\"NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v\","
                        + " opaque=\"HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS\", userhash=true",
                it.authorization("GET", "/doe.json", ""));
    }

    @Test
    void theExampleOfRfc2617Section3_5() {
        DigestAuthenticator it = authenticator(
                new Digest("Mufasa", "Circle Of Life"),
                "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\","
                        + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"",
                "0a4f113b");

        assertEquals(
                "6629fae49393a05397450978507c4ef1",
                parameter(it.authorization("GET", "/dir/index.html", ""), "response"));
    }

    @Test
    void withoutQopThereIsNoCountAndNoClientNonce() {
        DigestAuthenticator it = authenticator(new Digest("u", "p"), "Digest realm=\"r\", nonce=\"n\"", "unused");
        String ha1 = DigestAlgorithm.MD5.hash("u:r:p");
        String ha2 = DigestAlgorithm.MD5.hash("GET:/");

        assertEquals(
                "Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"/\", response=\""
                        + DigestAlgorithm.MD5.hash(ha1 + ":n:" + ha2) + "\"",
                it.authorization("GET", "/", ""));
    }

    @Test
    void eachAnswerCountsOne() {
        DigestAuthenticator it = authenticator(new Digest("u", "p"), RFC_7616.formatted("MD5-sess"), "c");

        for (int i = 1; i < 0xa; i++) {
            it.authorization("GET", "/", "");
        }

        assertEquals("0000000a", parameter(it.authorization("GET", "/", ""), "nc"));
    }

    @Test
    void aUserOutsideOfAsciiIsSentInItsOwnEncodingAndNormalForm() {
        DigestAuthenticator it = authenticator(new Digest("Ja\u0308s\"n", "p"), RFC_7616.formatted("MD5"), "c");

        assertEquals("UTF-8''J%C3%A4s%22n", parameter(it.authorization("GET", "/", ""), "username*"));
    }

    @Test
    void quotesAndBackslashesOfTheServerAreQuotedAgain() {
        DigestAuthenticator it =
                authenticator(new Digest("a\"b\\", "p"), "Digest realm=\"r\\\"\\\\, x=\\\"1\", nonce=\"n\\\"\"", "c");

        String sent = it.authorization("GET", "/", "");

        assertEquals(
                "username=\"a\\\"b\\\\\", realm=\"r\\\"\\\\, x=\\\"1\", nonce=\"n\\\"\", uri=\"/\"",
                sent.substring("Digest ".length(), sent.indexOf(", response")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Digest realm=a,nonce=1,algorithm=MD5; Digest realm=b,nonce=1,algorithm=SHA-256         | b SHA_256",
                "Digest realm=a,nonce=1,algorithm=SHA-256, Digest realm=b,nonce=1,algorithm=md5         | a SHA_256",
                "Digest realm=a,nonce=1,algorithm=SHA-512-256; Digest realm=b,nonce=1,algorithm=SHA-256 | a SHA_512_256",
                "Digest realm=a,nonce=1; Digest realm=b,nonce=1                                         | a MD5",
                "Basic realm=a; Digest realm=b,nonce=1,algorithm=none; Digest realm=c,nonce=1           | c MD5",
                "Digest realm=a,nonce=1,qop=auth,algorithm=MD5-SESS                                     | a MD5_SESS",
            })
    void theStrongestChallengeIsAnswered(String fields, String expected) {
        DigestChallenge it =
                Objects.requireNonNull(DigestChallenge.strongest(Challenge.parse(List.of(fields.split("; ")))));

        assertEquals(expected, it.realm() + " " + it.algorithm());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic realm=a",
                "Digest realm=a",
                "Digest nonce=a",
                "Digest realm=a, nonce=\"\"",
                "Digest realm=a, nonce=1, algorithm=SHA-1024",
                "Digest realm=a, nonce=1, qop=\"auth-conf\"",
                "Digest realm=a, nonce=1, algorithm=MD5-sess",
            })
    void aChallengeThatCannotBeAnsweredIsNone(String field) {
        assertNull(DigestChallenge.strongest(Challenge.parse(List.of(field))));
    }

    @ParameterizedTest
    @CsvSource({"'auth,auth-int', auth", "AUTH, auth", "'auth-int, x', auth-int"})
    void authIsPreferredToAuthInt(String offered, String expected) {
        List<Challenge> challenges = Challenge.parse(List.of("Digest realm=a, nonce=1, qop=\"" + offered + "\""));

        DigestChallenge it = Objects.requireNonNull(DigestChallenge.strongest(challenges));

        assertEquals(expected, String.valueOf(it.qop()));
    }

    private static DigestAuthenticator authenticator(Digest credentials, String challenge, String cnonce) {
        DigestChallenge parsed = DigestChallenge.strongest(Challenge.parse(List.of(challenge)));
        return new DigestAuthenticator(credentials, Objects.requireNonNull(parsed), cnonce);
    }

    private static String parameter(String authorization, String name) {
        String from = authorization.substring(authorization.indexOf(name + "=") + name.length() + 1);
        return from.split(",")[0].replace("\"", "");
    }
}
