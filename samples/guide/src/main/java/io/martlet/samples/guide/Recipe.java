package io.martlet.samples.guide;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every recipe, in the order in which a user meets the questions. {@code FIRST_GET} of the chapter {@code start} is the class
 * {@code io.martlet.samples.guide.start.FirstGet} in Java, and the file of that name in Kotlin.
 *
 * <p>The main method of a recipe is given the address of a server, with a slash at its end; those about TLS get
 * three files in PEM besides: the certificate of the server's authority, that of a client, and the client's key.
 */
public enum Recipe {
    FIRST_GET("start", "one GET, its status and its JSON"),
    TWO_LIFETIMES("start", "what ends with its session, and what outlives it"),
    REUSING_A_SESSION("start", "requests of one session share its connections"),
    ALL_METHODS("start", "GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS"),

    QUERY_PARAMS("requests", "query parameters, escaped for you"),
    BODIES("requests", "JSON, a form, raw bytes"),
    HEADERS_AND_AUTHENTICATION("requests", "headers and credentials, of a session and of a single request"),
    COOKIES("requests", "cookies set by the session, by a request, and by the server"),
    BASE_URL("requests", "what relative URLs are relative to"),

    READING_RESPONSES("responses", "status, text, JSON, bytes, the URL after redirects"),
    BODY_IN_PIECES("responses", "a body of any length, a piece at a time"),
    STREAMING_DOWNLOAD("responses", "a large body saved to a file, with progress"),
    RAISE_FOR_STATUS("responses", "a status of 400 or above as an exception"),

    ERROR_HANDLING("errors", "what to do about which error"),
    ERRORS_OF_REQUESTS(
            "errors", "a malformed URL, missing credentials or body, a full queue, a closed session, an open circuit"),
    ERRORS_OF_CONNECTIONS("errors", "no such host, no server, no TLS, a connection that breaks"),
    ERRORS_OF_TIME("errors", "one for each time limit, including the waits for a connection and for the rate limit"),
    ERRORS_OF_RESPONSES("errors", "no HTTP, half a body, too large a body, an unwanted status or type, broken JSON"),

    TIMEOUTS("settings", "time limits of a session and of a request: every field, and none"),
    CONNECTION_POOL("settings", "how many connections there may be, and how long they are kept"),
    CUSTOM_CA("settings", "a server whose certificate is signed by a CA of your own", Kind.HTTPS, "CA.pem"),
    CLIENT_CERTIFICATE(
            "settings",
            "a server that asks for a client certificate",
            Kind.MUTUAL,
            "CA.pem",
            "CLIENT.pem",
            "CLIENT.key"),
    VERIFICATION_OFF("settings", "a server whose certificate cannot be verified; for trials only", Kind.HTTPS),

    MANY_AT_ONCE("many", "many URLs at once, the results in order"),
    BOUNDED("many", "fifty URLs, ten at a time"),
    WITH_OUTCOMES("many", "many URLs, some of which fail"),
    BATCHES_OF_FIVE("many", "twenty URLs in batches of five"),
    SEQUENTIAL_AND_CONCURRENT("many", "twenty requests one by one, then all at once, and the speed-up"),

    RETRY_WITH_BACKOFF("programs", "failed requests tried again, after waits that grow"),
    API_CLIENT("programs", "a class for one API"),
    AGGREGATOR("programs", "several sources combined, though some of them fail"),
    CREATING_POSTS("programs", "many POSTs of objects as JSON"),
    SCRAPER("programs", "ten URLs, three at a time, five seconds each: statuses, sizes, success rate"),

    UNREAD_BODY("pitfalls", "responses that are read late, or never"),
    SESSION_PER_REQUEST("pitfalls", "what a session for each request costs"),
    FORGOTTEN_AWAIT("pitfalls", "requests that nobody waits for"),
    BLOCKING_IN_A_CALLBACK("pitfalls", "blocking code among many requests"),
    TOO_MANY_AT_ONCE("pitfalls", "more requests than connections"),
    SWALLOWED_EXCEPTIONS("pitfalls", "failures that cannot be overlooked");

    /** How a recipe's server speaks. */
    enum Kind {
        HTTP,
        HTTPS,
        /** Clients must show a certificate. */
        MUTUAL
    }

    private static final String PACKAGE = "io.martlet.samples.guide.";

    private final String chapter;
    private final String sentence;
    private final Kind server;
    private final List<String> files;

    Recipe(String chapter, String sentence) {
        this(chapter, sentence, Kind.HTTP);
    }

    Recipe(String chapter, String sentence, Kind server, String... files) {
        this.chapter = chapter;
        this.sentence = sentence;
        this.server = server;
        this.files = List.of(files);
    }

    /** The recipe whose {@link #title} is {@code title}. */
    static Optional<Recipe> named(String title) {
        return Arrays.stream(values())
                .filter(recipe -> recipe.title().equals(title))
                .findFirst();
    }

    String chapter() {
        return chapter;
    }

    String sentence() {
        return sentence;
    }

    Kind server() {
        return server;
    }

    /** The files that its main method needs behind the address of a server, by names that say what they are. */
    List<String> files() {
        return files;
    }

    /** What it is called on the command line: {@code first-get}. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Package and name of its class, below that of the guide: {@code start.FirstGet}. */
    String path() {
        return Arrays.stream(title().split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining("", chapter + ".", ""));
    }

    /** Calls its main method, in the language that is on the class path. */
    void run(String... arguments) throws Exception {
        try {
            main().getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** The class with its main method. */
    Class<?> main() throws ClassNotFoundException {
        try {
            // First, as a recipe in Kotlin may have a class of its name, too.
            return Class.forName(PACKAGE + path() + "Kt");
        } catch (ClassNotFoundException e) {
            return Class.forName(PACKAGE + path());
        }
    }
}
