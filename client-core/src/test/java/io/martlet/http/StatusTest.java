package io.martlet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTest {
    @ParameterizedTest
    @CsvSource({
        // code, informational, success, redirect, error, bodiless
        " 99, false, false, false, false, false",
        "100, true,  false, false, false, true",
        "199, true,  false, false, false, true",
        "200, false, true,  false, false, false",
        "204, false, true,  false, false, true",
        "205, false, true,  false, false, false",
        "299, false, true,  false, false, false",
        "300, false, false, false, false, false",
        "301, false, false, true,  false, false",
        "302, false, false, true,  false, false",
        "303, false, false, true,  false, false",
        "304, false, false, false, false, true",
        "305, false, false, false, false, false",
        "306, false, false, false, false, false",
        "307, false, false, true,  false, false",
        "308, false, false, true,  false, false",
        "309, false, false, false, false, false",
        "399, false, false, false, false, false",
        "400, false, false, false, true,  false",
        "499, false, false, false, true,  false",
        "599, false, false, false, true,  false",
        "999, false, false, false, true,  false",
    })
    void aCodeBelongsToItsClasses(
            int code, boolean informational, boolean success, boolean redirect, boolean error, boolean bodiless) {
        assertEquals(informational, Status.isInformational(code), "informational");
        assertEquals(success, Status.isSuccess(code), "success");
        assertEquals(redirect, Status.isRedirect(code), "redirect");
        assertEquals(error, Status.isError(code), "error");
        assertEquals(bodiless, Status.isBodiless(code), "bodiless");
    }

    /** The registry of IANA, as far as RFC 9110, 6585, 7725 and 8297 fill it. */
    @ParameterizedTest
    @CsvSource({
        "100, Continue",
        "101, Switching Protocols",
        "103, Early Hints",
        "200, OK",
        "201, Created",
        "202, Accepted",
        "203, Non-Authoritative Information",
        "204, No Content",
        "205, Reset Content",
        "206, Partial Content",
        "300, Multiple Choices",
        "301, Moved Permanently",
        "302, Found",
        "303, See Other",
        "304, Not Modified",
        "307, Temporary Redirect",
        "308, Permanent Redirect",
        "400, Bad Request",
        "401, Unauthorized",
        "402, Payment Required",
        "403, Forbidden",
        "404, Not Found",
        "405, Method Not Allowed",
        "406, Not Acceptable",
        "407, Proxy Authentication Required",
        "408, Request Timeout",
        "409, Conflict",
        "410, Gone",
        "411, Length Required",
        "412, Precondition Failed",
        "413, Content Too Large",
        "414, URI Too Long",
        "415, Unsupported Media Type",
        "416, Range Not Satisfiable",
        "417, Expectation Failed",
        "421, Misdirected Request",
        "422, Unprocessable Content",
        "425, Too Early",
        "426, Upgrade Required",
        "428, Precondition Required",
        "429, Too Many Requests",
        "431, Request Header Fields Too Large",
        "451, Unavailable For Legal Reasons",
        "500, Internal Server Error",
        "501, Not Implemented",
        "502, Bad Gateway",
        "503, Service Unavailable",
        "504, Gateway Timeout",
        "505, HTTP Version Not Supported",
        "511, Network Authentication Required",
        "418, ''",
        "299, ''",
        "  0, ''",
    })
    void aCodeHasItsUsualPhrase(int code, String phrase) {
        assertEquals(phrase, Status.reasonPhrase(code));
    }
}
