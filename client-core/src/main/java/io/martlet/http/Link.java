package io.martlet.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A link from a {@code Link} field (RFC 8288), such as {@code <page/2>; rel="next"}.
 *
 * @param url        where it leads, resolved against the URL of the response
 * @param parameters by name in lower case, in their order; values as given, unquoted
 */
public record Link(Url url, Map<String, String> parameters) {
    /**
     * A link of those parts.
     *
     * @param url where it leads
     * @param parameters by name in lower case; copied, in their order
     */
    public Link {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Reads the links of {@code Link} fields.
     *
     * @param values the value of each field, which may hold several links
     * @param base the URL of the response, against which targets are resolved
     * @return the links in their order; what is malformed, or leads elsewhere than to an http or https URL, is left out
     */
    public static List<Link> parse(List<String> values, Url base) {
        return values.stream()
                .flatMap(value -> new LinkParser(value, base).parse().stream())
                .toList();
    }

    /** {@return what it is to the response: {@code next}, {@code prev}, {@code describedby}; in lower case, often one} */
    public List<String> rels() {
        String rel = parameters.getOrDefault("rel", "").toLowerCase(Locale.ROOT);
        return Stream.of(rel.split("\\s+")).filter(type -> !type.isEmpty()).toList();
    }

    /**
     * {@return whether it is a link of that relation from the response itself} One with an {@code anchor} is from
     * something else (RFC 8288 §3.2).
     *
     * @param rel the relation, in whatever case
     */
    public boolean hasRel(String rel) {
        return rels().contains(rel.toLowerCase(Locale.ROOT)) && !parameters.containsKey("anchor");
    }

    /** {@return its title for people; {@code title*} (RFC 8187) is preferred to {@code title}; empty if there is none} */
    public Optional<String> title() {
        return ExtendedValue.of(parameters, "title");
    }

    /** {@return the media type to be expected there, a hint only; empty if there is none or it is malformed} */
    public Optional<MediaType> type() {
        return Optional.ofNullable(parameters.get("type")).flatMap(MediaType::tryParse);
    }
}
