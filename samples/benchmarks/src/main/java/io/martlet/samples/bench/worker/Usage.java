package io.martlet.samples.bench.worker;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What this JVM has used so far. */
final class Usage {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private Usage() {}

    /** CPU time of all threads, the collector's and the compiler's among them. */
    static long cpuNanos() {
        return SYSTEM.getProcessCpuTime();
    }

    /**
     * Bytes allocated on the heap since the start. Before JDK 21 those of the threads that are alive: a thread that ends
     * during a round takes its count along.
     */
    static long allocatedBytes() {
        try {
            return (long)
                    ThreadMXBean.class.getMethod("getTotalThreadAllocatedBytes").invoke(THREADS);
        } catch (ReflectiveOperationException beforeJdk21) {
            long bytes = 0;
            for (long thread : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
                bytes += Math.max(0, thread);
            }
            return bytes;
        }
    }

    /** Platform threads that are alive. */
    static int threads() {
        return THREADS.getThreadCount();
    }

    /** The heap that is reachable. */
    static long heapBytesAfterCollection() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        // References to clean up are found by one collection and gone by the next.
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    /** Most memory that the process ever held, its heap, code and buffers; 0 where the system does not tell. */
    static long peakMemoryBytes() {
        return status("VmHWM:");
    }

    /** Memory that the process holds now; 0 where the system does not tell. */
    static long memoryBytes() {
        return status("VmRSS:");
    }

    private static long status(String field) {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            Optional<String> line = lines.filter(l -> l.startsWith(field)).findFirst();
            return line.map(l -> Long.parseLong(l.replaceAll("\\D", "")) << 10).orElse(0L);
        } catch (IOException e) {
            return 0;
        }
    }
}
