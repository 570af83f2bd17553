package io.martlet.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NetrcTest {
    private static final String FILE = """
            # mine
            machine one.example login me password p1   # trailing
            machine Two.Example
              login "m e"
              account x
              password "a \\"b\\" \\\\ #c"
            macdef init
            machine trap.example login nobody
            cd /

            machine three.example password #p3 login me
            machine one.example login second password second
            machine four.example
            default login anonymous password guest
            machine late.example login l password l
            """;

    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "one.example,   me,        p1",
                "ONE.example,   me,        p1",
                "two.example,   m e,       a \"b\" \\ #c",
                "three.example, me,        #p3",
                "four.example,  ``,        ``",
                "late.example,  l,         l",
                "trap.example,  anonymous, guest",
                "else.example,  anonymous, guest",
            })
    void eachHostHasItsOwnOrThoseOfDefault(String host, String user, String password) {
        assertEquals(Optional.of(new Basic(user, password)), Netrc.parse(FILE).credentialsFor(host));
    }

    @Test
    void withoutADefaultOtherHostsHaveNone() {
        assertEquals(
                Optional.empty(), Netrc.parse("machine a login b password c").credentialsFor("b"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatIsNoNetrcIsRefusedByItsLine(String text, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Netrc.parse(text))
                        .getMessage());
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("machine a\nlogin", "netrc: line 2 ends after login"),
                Arguments.of("machine", "netrc: line 1 ends after machine"),
                Arguments.of("machine a\npasswd s3cret", "netrc: line 2 has a word that is no keyword"),
                Arguments.of("machine a password \"s3", "netrc: line 1 has a quote that does not end"),
                Arguments.of(
                        "machine a login a:b",
                        "netrc: line 1 ends an entry that cannot be sent: user of Basic holds a colon (RFC 7617 §2)"));
    }

    @Test
    void aMacroEndsWithAnEmptyLineOrTheFile() {
        assertEquals(
                "Netrc(1 hosts)",
                Netrc.parse("macdef a\r\nput x\r\n\r\nmachine h login l\nmacdef b\nmachine no")
                        .toString());
    }

    @Test
    void theFileThatTheEnvironmentNamesGoesBeforeTheOneAtHome() throws IOException {
        Path named = Files.writeString(home.resolve("named"), "machine h login named");
        Files.writeString(home.resolve(".netrc"), "machine h login home");

        assertEquals("named", userIn(Netrc.ofUser(named.toString(), home)));
        assertEquals("home", userIn(Netrc.ofUser(null, home)));
        assertEquals("home", userIn(Netrc.ofUser("", home)));
    }

    @Test
    void theFileAtHomeMayStartWithAnUnderscore() throws IOException {
        Files.writeString(home.resolve("_netrc"), "machine h login windows");

        assertEquals("windows", userIn(Netrc.ofUser(null, home)));
    }

    @Test
    void aFileThatIsNotThereHoldsNobodyUnlessItIsAskedForByItsPath() throws IOException {
        assertEquals("Netrc(0 hosts)", Netrc.ofUser(null, home).toString());
        assertThrows(NoSuchFileException.class, () -> Netrc.read(home.resolve("none")));
    }

    private static String userIn(Netrc netrc) {
        return netrc.credentialsFor("h").map(Basic::user).orElse("nobody");
    }
}
