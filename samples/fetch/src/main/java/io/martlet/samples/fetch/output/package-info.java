/** What is printed, written and saved of results: {@code Report}s line by line, {@code HarFile}, {@code ReportPage}, bodies. */
@NullMarked
package io.martlet.samples.fetch.output;

import org.jspecify.annotations.NullMarked;
