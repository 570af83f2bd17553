package io.martlet.samples.flink;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.martlet.samples.demo.DemoServer;
import java.io.File;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.TaskInfoImpl;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.streaming.api.functions.async.CollectionSupplier;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.apache.flink.util.ChildFirstClassLoader;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

/** A task manager loads the classes of each job anew, in a class loader that is to go when the job is over. */
class JobClassLoaderTest {
    private static final FetchSettings SETTINGS = new FetchSettings(3, 1_000, 1, Duration.ofMinutes(5), 1_000);

    private final List<Runnable> releaseHooks = new ArrayList<>();

    @Test
    void noThreadOutlivesItsJob() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (DemoServer server = DemoServer.start(0);
                ChildFirstClassLoader ofJob = loader()) {
            Thread.currentThread().setContextClassLoader(ofJob);
            RichAsyncFunction<String, String> function = InstantiationUtil.deserializeObject(
                    InstantiationUtil.serializeObject(new FetchFunction(SETTINGS)), ofJob);
            assertNotSame(FetchFunction.class, function.getClass());
            function.setRuntimeContext(runtime());
            function.open(new OpenContext() {});
            Result result = new Result();
            function.asyncInvoke(server.baseUrl() + "flaky/1", result);
            String row = result.future.join().iterator().next();
            assertTrue(row.contains("\"status\":200") && row.contains("\"attempts\":2"), row);

            function.close();
            releaseHooks.forEach(Runnable::run);

            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (isOf(ofJob, thread) && thread != Thread.currentThread()) {
                    thread.join();
                }
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static boolean isOf(ClassLoader loader, Thread thread) {
        return thread.getContextClassLoader() == loader || thread.getClass().getClassLoader() == loader;
    }

    /** As task managers make them. */
    private static ChildFirstClassLoader loader() throws MalformedURLException {
        List<URL> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            classPath.add(new File(entry).toURI().toURL());
        }
        return new ChildFirstClassLoader(
                classPath.toArray(URL[]::new),
                JobClassLoaderTest.class.getClassLoader(),
                CoreOptions.getParentFirstLoaderPatterns(new Configuration()),
                failure -> {});
    }

    /** All that the function asks of it. */
    private RuntimeContext runtime() {
        return (RuntimeContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RuntimeContext.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("registerUserCodeClassLoaderReleaseHookIfAbsent")) {
                        releaseHooks.add((Runnable) arguments[1]);
                        return null;
                    }
                    if (method.getName().equals("getTaskInfo")) {
                        return new TaskInfoImpl("fetch", 1, 0, 1, 0);
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    private static final class Result implements ResultFuture<String> {
        final CompletableFuture<Collection<String>> future = new CompletableFuture<>();

        @Override
        public void complete(Collection<String> rows) {
            future.complete(rows);
        }

        @Override
        public void completeExceptionally(Throwable error) {
            future.completeExceptionally(error);
        }

        @Override
        public void complete(CollectionSupplier<String> rows) {
            throw new UnsupportedOperationException();
        }
    }
}
