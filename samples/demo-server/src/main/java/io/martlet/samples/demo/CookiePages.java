package io.martlet.samples.demo;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Shows, sets and deletes the client's cookies. */
final class CookiePages {
    private static final String DELETED = "; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/";

    private CookiePages() {}

    static void show(Exchange exchange) {
        exchange.json(new JsonObject().put("cookies", cookiesOf(exchange)));
    }

    static void setOne(Exchange exchange) {
        set(exchange, exchange.path().text("name"), exchange.path().text("value"));
        Redirects.found(exchange, "/cookies");
    }

    static void setAll(Exchange exchange) {
        exchange.query().all().forEach((name, values) -> set(exchange, name, values.get(0)));
        Redirects.found(exchange, "/cookies");
    }

    static void delete(Exchange exchange) {
        exchange.query().all().keySet().forEach(name -> exchange.with("Set-Cookie", checked(name) + "=" + DELETED));
        Redirects.found(exchange, "/cookies");
    }

    static void set(Exchange exchange, String name, String value) {
        exchange.with("Set-Cookie", checked(name) + "=" + quotedIfNeeded(value) + "; Path=/");
    }

    /** The cookies of the request; of two with one name the first counts. */
    static Map<String, String> cookiesOf(Exchange exchange) {
        Map<String, String> cookies = new TreeMap<>();
        for (String header : exchange.request().headers().getAll("Cookie")) {
            for (String pair : header.split(";")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    String value = pair.substring(equals + 1).strip();
                    cookies.putIfAbsent(pair.substring(0, equals).strip(), unquoted(value));
                }
            }
        }
        return cookies;
    }

    private static String checked(String name) {
        boolean isToken = !name.isEmpty()
                && name.chars().allMatch(c -> c > ' ' && c < 127 && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0);
        if (!isToken) {
            throw HttpProblem.badRequest("not a cookie name: '" + name + "'");
        }
        return name;
    }

    /** In quotes, with octal escapes of the UTF-8 bytes that a cookie may not hold: the way of Python's cookies. */
    private static String quotedIfNeeded(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        boolean isNeeded = false;
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain = octet > ' ' && octet < 127 && "\",;\\".indexOf(octet) < 0;
            isNeeded |= !isPlain;
            if (isPlain || octet == ' ') {
                quoted.append((char) octet);
            } else {
                quoted.append(String.format("\\%03o", octet & 0xff));
            }
        }
        return isNeeded ? quoted.append('"').toString() : value;
    }

    private static String unquoted(String value) {
        if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
            return value;
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        int end = value.length() - 1;
        for (int i = 1; i < end; i++) {
            boolean isEscape = value.charAt(i) == '\\' && i + 1 < end;
            if (isEscape && i + 3 < value.length() && isOctal(value, i + 1)) {
                octets.write(Integer.parseInt(value.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                octets.write(value.charAt(isEscape ? ++i : i));
            }
        }
        return octets.toString(StandardCharsets.UTF_8);
    }

    private static boolean isOctal(String text, int at) {
        return text.substring(at, at + 3).chars().allMatch(c -> c >= '0' && c < '8');
    }
}
