/** A program that uses Martlet as a module. */
module io.martlet.samples.modules {
    requires io.martlet.async;
    requires jdk.httpserver;
}
