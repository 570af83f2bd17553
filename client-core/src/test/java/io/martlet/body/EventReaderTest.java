package io.martlet.body;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventReaderTest {
    /** What is read of {@code pieces}: {@code type=data id retry}, or why no more is. */
    private static List<String> read(int maxLength, byte[]... pieces) {
        EventReader reader = new EventReader(maxLength);
        List<String> events = new ArrayList<>();
        for (byte[] piece : pieces) {
            ByteBuffer bytes = ByteBuffer.wrap(piece);
            EventReader.Found found;
            while ((found = reader.fill(bytes)) == EventReader.Found.EVENT) {
                ServerSentEvent event = reader.take();
                events.add(
                        event.type() + "=" + event.data().replace("\n", "/") + " " + event.id() + " " + event.retry());
            }
            if (found == EventReader.Found.TOO_LONG) {
                events.add("too long");
                return events;
            }
        }
        return events;
    }

    private static byte[] bytes(String stream) {
        return stream.replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\0", "\0")
                .replace("BOM", "\uFEFF")
                .getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data: hello\\n\\n                           | message=hello  null",
                "data:hello\\r\\n\\r\\n                      | message=hello  null",
                "data:hello\\r\\rdata:2\\r\\r                 | message=hello  null, message=2  null",
                "data\\n\\ndata\\ndata\\n\\ndata:             | message=  null, message=/  null",
                "data: a\\ndata:  b\\n\\n                    | message=a/ b  null",
                ": comment\\n\\nevent: add\\ndata: 1\\n\\n      | add=1  null",
                "event: lost\\n\\ndata: 1\\n\\n               | message=1  null",
                "id: 7\\ndata: a\\n\\ndata: b\\n\\nid\\ndata: c\\n\\n | message=a 7 null, message=b 7 null, message=c  null",
                "id: 7\\nid: 8\\0\\ndata: a\\n\\n             | message=a 7 null",
                "retry: 1500\\nretry: soon\\ndata: a\\n\\n     | message=a  PT1.5S",
                "retry: 99999999999999999999\\ndata: a\\n\\n | message=a  null",
                "Data: no\\nother: no\\ndata: €\\n\\n        | message=€  null",
                "BOMdata: a\\n\\nBOMdata: b\\n\\n           | message=a  null",
                "data: without end\\n                      | ''",
            })
    void eventsAreReadAsTheStandardSaysWhereverTheStreamIsSplit(String stream, String expected) {
        byte[] all = bytes(stream);

        assertEquals(expected, String.join(", ", read(1000, all)));
        for (int i = 0; i <= all.length; i++) {
            byte[][] pieces = {Arrays.copyOf(all, i), Arrays.copyOfRange(all, i, all.length)};
            assertEquals(expected, String.join(", ", read(1000, pieces)), "split at " + i);
        }
        byte[][] octets = new byte[all.length][];
        Arrays.setAll(octets, i -> new byte[] {all[i]});
        assertEquals(expected, String.join(", ", read(1000, octets)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data:45678\\n\\ndata:45678\\n\\n    | message=45678  null, message=45678  null",
                "data:456789\\n\\n                  | message=456789  null",
                "data:4567890\\n\\n                 | too long",
                "data:a\\ndata:b\\n\\n              | too long",
                ":34567890\\n:34567890\\ndata:45678\\n\\n | message=45678  null",
                ":34567890123                       | too long",
            })
    void anEventHasSoManyBytesAndCommentsDoNotAddUp(String stream, String expected) {
        assertEquals(expected, String.join(", ", read(11, bytes(stream))));
    }

    @Test
    void anEventPrintsNothingOfItsData() {
        assertEquals("event message of 6 characters", new ServerSentEvent("message", "secret", "", null).toString());
    }
}
