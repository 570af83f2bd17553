// Prints:
//   progress: 65322 of 100000
//   progress: 100000 of 100000
//   saved: 100000 bytes
package io.martlet.samples.guide.responses;

import io.martlet.async.AsyncResponse;
import io.martlet.async.AsyncSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A large body is saved to a file as it arrives; only a few pieces of it are in memory at a time. */
public final class StreamingDownload {
    public static void main(String[] args) throws IOException {
        Path file = Files.createTempFile("martlet-", ".bin");
        try (AsyncSession session = AsyncSession.builder().baseUrl(args[0]).build();
                AsyncResponse response = session.open("GET", "bytes/100000").join()) {
            response.saveTo(file, (bytes, total) -> System.out.println("progress: " + bytes + " of " + total))
                    .join();
            System.out.println("saved: " + Files.size(file) + " bytes");
        } finally {
            Files.delete(file);
        }
    }
}
