package io.martlet.samples.app;

import io.martlet.async.AsyncResponse;
import io.martlet.async.AsyncSession;
import io.martlet.async.BlockingSession;
import io.martlet.error.ClientException;
import java.io.PrintStream;

/** For threads that would rather wait, such as virtual ones: failures are thrown as they are, and can be caught. */
final class Waiting implements Chapter {
    @Override
    public void tell(String url, PrintStream out) throws InterruptedException {
        try (AsyncSession session =
                AsyncSession.builder().baseUrl(url).raiseForStatus(true).build()) {
            BlockingSession blocking = session.blocking();
            try (AsyncResponse streamed = blocking.open("GET", "bytes/100000")) {
                out.println(
                        blocking.get("get").status() + ", then " + blocking.await(streamed.bytes()).length + " bytes");
                blocking.get("status/404");
            } catch (ClientException e) {
                out.println(Advice.on(e));
            }
        }
    }
}
