// Prints:
//   100000 bytes in 13 pieces
//   checksum: 3094554e
package io.martlet.samples.guide.responses;

import io.martlet.async.AsyncResponse;
import io.martlet.async.AsyncSession;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/** A body of any length, a piece at a time: this thread waits for the pieces, and the server for this thread. */
public final class BodyInPieces {
    public static void main(String[] args) throws IOException {
        CRC32 sum = new CRC32();
        int pieces = 0;
        try (AsyncSession session = AsyncSession.builder().baseUrl(args[0]).build();
                AsyncResponse response = session.open("GET", "range/100000").join();
                InputStream body = response.inputStream()) {
            for (byte[] piece = body.readNBytes(8192); piece.length > 0; piece = body.readNBytes(8192)) {
                sum.update(piece);
                pieces++;
            }
            System.out.println(response.contentLength() + " bytes in " + pieces + " pieces");
        }
        System.out.println("checksum: " + Long.toHexString(sum.getValue()));
    }
}
