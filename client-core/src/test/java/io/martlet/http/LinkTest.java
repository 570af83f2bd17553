package io.martlet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkTest {
    private static final Url BASE = Url.of("https://h/a/b?page=1#top");

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            </c>; rel="next"                             | [https://h/c {rel=next}]
            <c>;rel=next                                 | [https://h/a/c {rel=next}]
            <?page=2>; rel="next"                        | [https://h/a/b?page=2 {rel=next}]
            <>; rel=self                                 | [https://h/a/b?page=1 {rel=self}]
            <//other/c>; rel=next                        | [https://other/c {rel=next}]
            <http://h/ü>                                 | [http://h/%C3%BC {}]
            <c> ; REL = next ; Title = "a; b, c > \\"d\\"" | [https://h/a/c {rel=next, title=a; b, c > "d"}]
            <c>; rel=next; rel=prev; title=              | [https://h/a/c {rel=next, title=}]
            <c,d;e>; rel=next                            | [https://h/a/c,d;e {rel=next}]
            <c>;;; rel=next;                             | [https://h/a/c {rel=next}]
            <c>; crossorigin; rel=next                   | [https://h/a/c {rel=next}]
            """)
    void aLinkIsATargetAndItsParameters(String value, String printed) {
        assertEquals(printed, printed(value));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            <a>; rel=prev, <b>; rel=next             | [https://h/a/a {rel=prev}, https://h/a/b {rel=next}]
            <a>,<b>                                  | [https://h/a/a {}, https://h/a/b {}]
            , ,<a>; rel="x, y",, <b>,                | [https://h/a/a {rel=x, y}, https://h/a/b {}]
            """)
    void linksAreInTheirOrder(String value, String printed) {
        assertEquals(printed, printed(value));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            nonsense                                 | []
            nonsense, <b>                            | [https://h/a/b {}]
            <mailto:me@h>; rel="a, b", <b>           | [https://h/a/b {}]
            <http://h:x/>, <b>                       | [https://h/a/b {}]
            <a>; =x; r el=y; title="open             | [https://h/a/a {title=open}]
            <a> junk; rel=next, <b>                  | [https://h/a/a {rel=next}, https://h/a/b {}]
            <a>; rel=next; title="b"c, <b>           | [https://h/a/a {rel=next, title=b}, https://h/a/b {}]
            <b>, <a                                  | [https://h/a/b {}]
            ``                                       | []
            """)
    void whatIsMalformedIsLeftOutAndCostsNothingElse(String value, String printed) {
        assertEquals(printed, printed(value));
    }

    private static String printed(String value) {
        return Link.parse(List.of(value), BASE).stream()
                .map(link -> link.url() + " " + link.parameters())
                .toList()
                .toString();
    }

    @Test
    void severalFieldsAreReadAsOneList() {
        List<Link> links = Link.parse(List.of("<a>; rel=prev", "<b>; rel=next"), BASE);

        assertEquals(
                List.of("/a/a", "/a/b"),
                links.stream().map(link -> link.url().path()).toList());
    }

    @Test
    void relationsAreInLowerCase() {
        Link link = link("<a>; rel=\" Next  https://Rels.example/Page \"");

        assertEquals(List.of("next", "https://rels.example/page"), link.rels());
        assertEquals(List.of(), link("<a>").rels());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <a>; rel=next                 | true
            <a>; rel="prev NEXT"          | true
            <a>; rel=nextpage             | false
            <a>; rev=next                 | false
            <a>; rel=next; anchor="#part" | false
            """)
    void aRelationIsTheResponsesOwn(String value, boolean expected) {
        assertEquals(expected, link(value).hasRel("Next"));
    }

    @Test
    void theTitleInAnyAlphabetIsPreferred() {
        assertEquals(
                Optional.of("letztes Kapitel €"),
                link("<a>; title=x; title*=UTF-8'de'letztes%20Kapitel%20%e2%82%ac")
                        .title());
        assertEquals(Optional.of("x"), link("<a>; title=x; title*=klingon''y").title());
        assertEquals(Optional.empty(), link("<a>").title());
    }

    @Test
    void theTypeIsAHint() {
        assertEquals(
                Optional.of(MediaType.JSON),
                link("<a>; type=\"application/json\"").type());
        assertEquals(Optional.empty(), link("<a>; type=json").type());
    }

    @Test
    void parametersDoNotChange() {
        Link link = new Link(BASE, Map.of("rel", "next"));

        assertThrows(
                UnsupportedOperationException.class, () -> link.parameters().clear());
    }

    private static Link link(String value) {
        return Link.parse(List.of(value), BASE).get(0);
    }
}
