package io.martlet.samples.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page in a Chromium without a window, by its DevTools protocol: what it shows, what it complains of, what it loads. */
final class Chromium implements AutoCloseable, WebSocket.Listener {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
    private static final long MAX_SECONDS = 50;

    private final ObjectMapper json = new ObjectMapper();
    private final Process process;
    private final WebSocket socket;
    private final String session;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> loaded = new CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private volatile CompletableFuture<Void> isLoaded = new CompletableFuture<>();

    /** Starts one whose files go to a folder that somebody else deletes. */
    Chromium(Path folder) throws Exception {
        ProcessBuilder command = new ProcessBuilder(
                        find().orElseThrow().toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "about:blank")
                .redirectErrorStream(true);
        // Otherwise its socket would stay in the machine's own.
        command.environment().put("TMPDIR", folder.toString());
        process = command.start();
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address(process.inputReader())), this)
                .get(MAX_SECONDS, TimeUnit.SECONDS);
        String target = call("", "Target.createTarget", Map.of("url", "about:blank"))
                .get("targetId")
                .asText();
        session = call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .asText();
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", Map.of());
        }
    }

    /** Where it is installed. */
    static Optional<Path> find() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String address(BufferedReader messages) throws IOException {
        String line = messages.readLine();
        while (line != null) {
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                // What nobody reads would stop it in the end.
                Thread reader = new Thread(() -> messages.lines().forEach(unread -> {}), "chromium");
                reader.setDaemon(true);
                reader.start();
                return listening.group(1);
            }
            line = messages.readLine();
        }
        throw new IOException("Chromium did not start");
    }

    /** Opens a file, and returns once it is loaded. */
    void open(Path file) throws Exception {
        open(file.toUri().toString());
    }

    /** Opens a page, one of the browser's own as well, and returns once it is loaded. */
    void open(String url) throws Exception {
        isLoaded = new CompletableFuture<>();
        call("Page.navigate", Map.of("url", url));
        isLoaded.get(MAX_SECONDS, TimeUnit.SECONDS);
    }

    /** The value of an expression of JavaScript; of a promise, what it becomes. */
    JsonNode eval(String expression) throws Exception {
        JsonNode result =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(result.get("exceptionDetails").toString());
        }
        return result.get("result").path("value");
    }

    /** Types into what has the focus. */
    void type(String typed) throws Exception {
        call("Input.insertText", Map.of("text", typed));
    }

    /** Shows the page in light or dark, on a {@code screen} or in {@code print}. */
    void show(String media, String scheme) throws Exception {
        List<Map<String, String>> features = List.of(Map.of("name", "prefers-color-scheme", "value", scheme));
        call("Emulation.setEmulatedMedia", Map.of("media", media, "features", features));
    }

    void resize(int width, int height) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Lets pages run scripts, or not. */
    void allowScripts(boolean areAllowed) throws Exception {
        call("Emulation.setScriptExecutionDisabled", Map.of("value", !areAllowed));
    }

    byte[] screenshot() throws Exception {
        return base64(call("Page.captureScreenshot", Map.of()));
    }

    /** The page as it is printed. */
    byte[] pdf() throws Exception {
        return base64(call("Page.printToPDF", Map.of("printBackground", true)));
    }

    /** Errors and warnings on the console, exceptions, and what its policy refused. */
    List<String> complaints() {
        return complaints;
    }

    /** The URLs of all that was loaded, or tried to. */
    List<String> loaded() {
        return loaded;
    }

    private static byte[] base64(JsonNode result) {
        return Base64.getDecoder().decode(result.get("data").asText());
    }

    private JsonNode call(String method, Map<String, ?> parameters) throws Exception {
        return call(session, method, parameters);
    }

    private JsonNode call(String of, String method, Map<String, ?> parameters) throws Exception {
        int id = ids.incrementAndGet();
        ObjectNode message = json.createObjectNode().put("id", id).put("method", method);
        message.set("params", json.valueToTree(parameters));
        if (!of.isEmpty()) {
            message.put("sessionId", of);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(message.toString(), true).get(MAX_SECONDS, TimeUnit.SECONDS);
        JsonNode heard = answer.get(MAX_SECONDS, TimeUnit.SECONDS);
        if (heard.has("error")) {
            throw new IllegalStateException(method + ": " + heard.get("error"));
        }
        return heard.get("result");
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
        text.append(data);
        if (isLast) {
            JsonNode message = Cli.parse(text.toString());
            text.setLength(0);
            if (message.has("id")) {
                answers.remove(message.get("id").intValue()).complete(message);
            } else {
                onEvent(message.get("method").asText(), message.get("params"));
            }
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    private void onEvent(String method, JsonNode event) {
        switch (method) {
            case "Page.loadEventFired" -> isLoaded.complete(null);
            case "Network.requestWillBeSent" ->
                loaded.add(event.get("request").get("url").asText());
            case "Runtime.exceptionThrown", "Runtime.consoleAPICalled" -> complaints.add(event.toString());
            case "Log.entryAdded" -> {
                if (event.get("entry").get("level").asText().matches("error|warning")) {
                    complaints.add(event.toString());
                }
            }
            default -> {}
        }
    }

    @Override
    public void close() {
        // All that it started go with it, and only these.
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle each : all) {
            each.onExit().orTimeout(MAX_SECONDS, TimeUnit.SECONDS).join();
        }
    }
}
