package io.martlet.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.samples.fetch.Cli.Result;
import io.martlet.samples.fetch.output.Streams;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    private static final String SECONDS = "0.001 to 1000000000, or 0 for none";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-c 0                  | '--concurrency': must be 1 to 10000 but was 0",
                "--concurrency many    | '--concurrency': must be a whole number but was 'many'",
                "--timeout -1          | '--timeout': must be seconds, SECONDS, but was '-1'",
                "--connect-timeout x   | '--connect-timeout': must be seconds, SECONDS, but was 'x'",
                "--read-timeout 0.0001 | '--read-timeout': must be seconds, SECONDS, but was '0.0001'",
                "--timeout NaN         | '--timeout': must be seconds, SECONDS, but was 'NaN'",
                "--timeout             | Missing required parameter for option '--timeout'",
                "--format xml          | '--format': must be table, jsonl or csv but was 'xml'",
                "-X GE/T               | '--request': method \"GE/T\" is not a token",
                "-H Accept             | '--header'",
                "-H A/b:c              | '--header'",
                "--json {\"a\":        | '--json'",
                "--json 1,2            | '--json'",
                "--json {}{}           | '--json': must be JSON, and is more than one value",
                "-d a --json {}        | Give --data or --json or --form, not both",
                "-d @no/such           | '--data': cannot read 'no/such': no such file",
                "-d @src               | '--data': 'src' is no regular file",
                "-F =1                 | '--form': must be NAME=VALUE or NAME=@FILE",
                "-F a=@no/such         | '--form': cannot read 'no/such': no such file",
                "-b session            | '--cookie': must be NAME=VALUE",
                "-b a=b;c              | '--cookie': value of cookie a has the character \\u003b at index 1",
                "--cookie-jar pom.xml  | '--cookie-jar': cannot read 'pom.xml': ",
                "--limit-per-host 0    | '--limit-per-host': must be 1 to 10000 but was 0",
                "--rate 0              | '--rate': must be a number above 0, a second unless it ends in /s, /m or /h",
                "--rate 5/d            | such as 100/m, but was '5/d'",
                "--retries -1          | '--retries': must be 0 to 1000 but was -1",
                "--retry-on 503        | --retries has to say how often",
                "--retries 1 --retry-on 99 | '--retry-on': must be statuses, connect, disconnect, timeout or truncated",
                "--max-redirects -1    | '--max-redirects': must be 0 to 1000 but was -1",
                "--queue-timeout x     | '--queue-timeout': must be seconds, SECONDS, but was 'x'",
                "--max-body 10T        | '--max-body': must be bytes, such as 5000, 500K, 10M or 2G, but was '10T'",
                "--resolve a:1         | '--resolve': must be HOST:PORT:ADDRESS but was 'a:1'",
                "--resolve a:b:1.2.3.4 | '--resolve': port must be 1 to 65535 or * but was 'b'",
                "--resolve a:1:b       | '--resolve': must end in an IP address but was 'b'",
                "--resolve *:1:127.0.0.1 | '--resolve': must begin with the name of a host but was '*'",
                "--cacert no/such      | '--cacert': ",
                "--cert pom.xml        | '--cert': ",
                "--key pom.xml         | --key needs --cert",
                "--tls-min 1.1         | '--tls-min': must be 1.2 or 1.3 but was '1.1'",
                "--pin abc             | '--pin': pin is not hexadecimal: abc",
                "-k --cacert pom.xml   | Give --cacert or --insecure, not both",
                "--engine nio          | '--engine': must be wire or cio but was 'nio'",
                "--engine cio -k       | --engine cio knows neither --resolve nor the options for TLS",
                "-i no/such            | '--input': cannot read 'no/such': no such file",
                "-i .                  | '--input': '.' is a directory",
                "-i - http://x/        | URLs or --input, not both",
                "-o pom.xml            | '--output-dir': cannot create 'pom.xml': file already exists",
                "--engine cio -v       | --engine cio tells nothing for --verbose and --har",
                "--har no/such         | '--har': cannot write 'no/such': no such file",
                "--report no/such      | '--report': cannot write 'no/such': no such file",
                "--dry-run             | --dry-run needs URLs or --input",
                "-d a -d b             | Give --data once: a request has one body",
                "--json 1 --json 2     | Give --json once: a request has one body",
                "-i pom.xml --har pom.xml | Give --input and --har a file each, not both 'pom.xml'",
                "--har x --report ./x  | Give --har and --report a file each, not both './x'",
                "--cookie-jar no/such  | '--cookie-jar': cannot write 'no/such': no such folder",
                "--cookie-jar .        | '--cookie-jar': '.' is no regular file",
                "--timout 3            | Unknown option: '--timout'; did you mean --timeout?",
                "--nosuch              | Unknown option: '--nosuch'"
            })
    void aWrongArgumentIsNamedWithItsValue(String args, String message) {
        Result result = Cli.run(("fetch " + args).split(" "));
        assertEquals(2, result.exitCode());
        assertTrue(result.err().startsWith("martlet fetch: "), result.err());
        assertTrue(result.err().contains(message.replace("SECONDS", SECONDS)), result.err());
        assertEquals("", result.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization Bearer hunter2", "Authorization: hunter2\u0001", "Auth(rization: hunter2"})
    void theValueOfAHeaderIsNotShown(String header) {
        Result result = Cli.run("fetch", "-H", header, "http://127.0.0.1:1/");
        assertEquals(2, result.exitCode());
        assertFalse(result.err().contains("hunter2"), result.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://me:hunter2@x/", "fetch -i http://me:hunter2@x/", "fetch -c http://me:hunt/er2@x/"})
    void thePasswordOfAUrlInTheWrongPlaceIsNotShown(String args) {
        Result result = Cli.run(args.split(" "));
        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains("'http://***@x/'"), result.err());
    }

    @Test
    void theValueOfAMisspeltOptionIsNotShown() {
        Result result = Cli.run("fetch", "--beare=hunter2", "http://127.0.0.1:1/");
        assertEquals(
                "martlet fetch: Unknown option: '--beare'; did you mean --bearer?",
                result.err().lines().findFirst().orElse(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--bearer hunter2 fetch http://127.0.0.1:1/",
                "-u me:hunter2 download http://127.0.0.1:1/",
                "fetchh --bearer hunter2"
            })
    void whatFollowsAnUnknownWordIsNotShown(String args) {
        Result result = Cli.run(args.split(" "));
        assertEquals(2, result.exitCode());
        assertFalse(result.err().contains("hunter2"), result.err());
    }

    @Test
    void jsonIsNotShown() {
        Result result = Cli.run("fetch", "--json", "{\"password\": hunter2}");
        assertEquals(
                "martlet fetch: Invalid value for option '--json': must be JSON, and is not, as column 14 of line 1"
                        + " shows",
                result.err().lines().findFirst().orElse(""));
    }

    @ParameterizedTest
    @CsvSource({
        "'serve --port 70000', martlet serve: Invalid value for option '--port': must be 0 to 65535 but was 70000",
        "'serve --port x', martlet serve: Invalid value for option '--port': must be a whole number but was 'x'",
        "'fetsh', martlet: There is no command 'fetsh'; did you mean fetch?",
        "'help gide', martlet: There is no command 'gide'; did you mean guide?",
        "'nosuch', martlet: There is no command 'nosuch'",
        "'http://x/', martlet: There is no command 'http://x/'; did you mean martlet fetch URL?",
        "'bench small-get', 'martlet bench: Run it as samples/bin/martlet bench [OPTION]... [SCENARIO]...'",
        "'--nosuch', martlet: Unknown option: '--nosuch'"
    })
    void theOtherCommandsRefuseToo(String args, String message) {
        Result result = Cli.run(args.split(" "));
        assertEquals(2, result.exitCode());
        assertEquals(message, result.err().lines().findFirst().orElse(""));
    }

    @Test
    void noCommandAtAllIsWrongUsage() {
        Result result = Cli.run();
        assertEquals(2, result.exitCode());
        assertEquals(Cli.run("--help").out() + "martlet: Missing command\nTry: martlet --help\n", result.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fetch", "download", "serve", "guide", "script", "bench", "completion", "help"})
    void everyCommandIsListedAndHasItsHelp(String command) {
        String line = "(?m)^  " + command + " +[A-Z].*$";
        assertTrue(
                Pattern.compile(line).matcher(Cli.run("--help").out()).find(),
                Cli.run("--help").out());
        assertEquals(Cli.run("--help").out(), Cli.run("help").out());
        if (!command.equals("help")) {
            assertEquals(
                    Cli.run(command, "--help").out(), Cli.run("help", command).out());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 80", "60, 60", "20, 55", "100, 100", "300, 100"})
    void helpFitsIntoTheTerminal(int columns, int widest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Main.run(new Streams(InputStream.nullInputStream(), out, err, columns, 0), "fetch", "--help");
        String help = out.toString(StandardCharsets.UTF_8).replaceAll("\u001b\\[[0-9;]*m", "");
        int longest = help.lines().mapToInt(String::length).max().orElse(0);
        assertTrue(longest <= widest && longest > widest - 10, longest + " columns");
    }

    @ParameterizedTest
    @CsvSource({
        "--help, Usage: martlet",
        "fetch --help, Usage: martlet fetch",
        "serve --help, Usage: martlet serve",
        "--version, martlet 0.1",
        "fetch --version, martlet 0.1"
    })
    void helpGoesToStandardOutput(String args, String start) {
        Result result = Cli.run(args.split(" "));
        assertEquals(0, result.exitCode());
        assertTrue(result.out().startsWith(start), result.out());
    }

    @Test
    void aTimeoutOfZeroMeansNone() {
        String[] args = {
            "fetch", "--timeout", "0", "--connect-timeout", "0", "--read-timeout", "0.0", Peer.refusingUrl()
        };
        assertEquals(1, Cli.run(args).exitCode());
    }
}
