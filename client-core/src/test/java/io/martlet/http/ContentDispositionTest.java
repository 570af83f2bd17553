package io.martlet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDispositionTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            inline                                     | inline {}
            Attachment ; FileName="a.txt"              | attachment {filename=a.txt}
            attachment; filename=a.txt; size=3         | attachment {filename=a.txt, size=3}
            attachment; filename="a;b \\"c\\".txt"     | attachment {filename=a;b "c".txt}
            attachment; filename=a b.txt               | attachment {filename=a b.txt}
            attachment; filename=a; filename=b         | attachment {filename=a}
            attachment; =x; fi le=y; filename=a; junk  | attachment {filename=a}
            attachment; filename="open                 | attachment {filename=open}
            x-own;;filename=a;                         | x-own {filename=a}
            """)
    void aDispositionIsATypeAndItsParameters(String value, String printed) {
        ContentDisposition disposition = ContentDisposition.parse(value).orElseThrow();

        assertEquals(printed, disposition.type() + " " + disposition.parameters());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";filename=a", "filename=a", "\"attachment\"; filename=a", "two words; filename=a"})
    void withoutATypeItIsNone(String value) {
        assertEquals(Optional.empty(), ContentDisposition.parse(value));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            filename=a.txt                                         | a.txt
            filename="naïve.txt"                                   | naïve.txt
            filename="50%25.txt"                                   | 50%25.txt
            filename*=UTF-8''na%C3%AFve%20%e2%82%ac.txt            | naïve €.txt
            filename*=utf-8'en'a%2Fb                               | a/b
            filename*=iso-8859-1''%A3.txt                          | £.txt
            filename=a; filename*=UTF-8''b                         | b
            filename*=UTF-8''b; filename=a                         | b
            filename=a; filename*=UTF-8''%zz                       | a
            filename=a; filename*=UTF-8''%C3                       | a
            filename=a; filename*=UTF-8''ü                         | a
            filename=a; filename*=klingon''b                       | a
            filename=a; filename*=b                                | a
            """)
    void theNameInAnyAlphabetIsPreferredWhereItCanBeRead(String parameters, String filename) {
        assertEquals(Optional.of(filename), disposition(parameters).filename());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            a.txt                  | a.txt
            naïve € 🐦.txt          | naïve € 🐦.txt
            /etc/passwd            | passwd
            ../../a.txt            | a.txt
            C:\\dir\\a.txt         | a.txt
            a/b\\c                 | c
            .bashrc                | bashrc
            ...a. .                | a
            a:b*c?.t"x<t>          | abc.txt
            ` a `                  | a
            con                    | _con
            NUL.txt                | _NUL.txt
            lpt1.tar.gz            | _lpt1.tar.gz
            console                | console
            """)
    void theSafeNameIsABaseName(String filename, String expected) {
        assertEquals(Optional.of(expected), named(filename).safeFileName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a/", "../..", "\\", " . . ", "\u202e", "\0", "?*"})
    void aNameOfWhichNothingIsLeftIsNone(String filename) {
        assertEquals(Optional.empty(), named(filename).safeFileName());
    }

    @Test
    void controlAndDirectionCharactersAreLeftOut() {
        assertEquals(
                Optional.of("agpj.exe"),
                named("a\r\n\0\u202egpj\u2066\u2028\u007f\u0085.exe\ud800").safeFileName());
    }

    @Test
    void aLongNameIsShortenedAndKeepsItsExtension() {
        assertEquals(
                Optional.of("x".repeat(196) + ".txt"),
                named("x".repeat(300) + ".txt").safeFileName());
        assertEquals(Optional.of("x".repeat(200)), named("x".repeat(300)).safeFileName());
        assertEquals(
                Optional.of("x".repeat(200)),
                named("x".repeat(300) + "." + "y".repeat(30)).safeFileName());
        assertEquals(
                Optional.of("🐦".repeat(49) + ".txt"),
                named("🐦".repeat(70) + ".txt").safeFileName());
    }

    @Test
    void aShortenedNameFitsIntoAFileSystem() {
        String name = named("x" + "ü€🐦".repeat(100)).safeFileName().orElseThrow();

        assertEquals(199, name.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void aNameOfAnyLengthIsReadAtOnce() {
        String dots = ". ".repeat(1 << 20);

        assertEquals(Optional.of("x"), named(dots + "x" + dots).safeFileName());
        assertEquals(Optional.of("x"), named("x" + dots + "y".repeat(30)).safeFileName());
    }

    @Test
    void onlyInlineIsNoAttachment() {
        assertEquals(false, new ContentDisposition("Inline", Map.of()).isAttachment());
        assertEquals(true, new ContentDisposition("x-own", Map.of()).isAttachment());
    }

    @Test
    void aTypeThatIsNoTokenIsRefused() {
        assertEquals(
                "disposition type \"a b\" is not a token",
                assertThrows(IllegalArgumentException.class, () -> new ContentDisposition("a b", Map.of()))
                        .getMessage());
    }

    private static ContentDisposition disposition(String parameters) {
        return ContentDisposition.parse("attachment; " + parameters).orElseThrow();
    }

    private static ContentDisposition named(String filename) {
        return new ContentDisposition("attachment", Map.of("filename", filename));
    }
}
