/**
 * What a program in Java does with Martlet, a chapter for each subject. {@link io.martlet.samples.app.JavaApp} runs them
 * all against a server that answers like {@code martlet serve}.
 */
package io.martlet.samples.app;
