/** {@code martlet download}: {@code DownloadRun} leads, {@code Downloader} fetches one file by the session's {@code download}. */
@NullMarked
package io.martlet.samples.fetch.download;

import org.jspecify.annotations.NullMarked;
