package io.martlet.async;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;

/** Loads this bridge and its tests anew, as if there were no Jackson on the class path. */
final class WithoutJackson extends ClassLoader {
    private final ClassLoader all = WithoutJackson.class.getClassLoader();

    /** What {@code type}, loaded by {@code loader}, returns. */
    static Object call(ClassLoader loader, Class<? extends Callable<?>> type) throws ReflectiveOperationException {
        Object apart = loader.loadClass(type.getName()).getConstructor().newInstance();
        return apart.getClass().getMethod("call").invoke(apart);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            if (name.startsWith("com.fasterxml.")) {
                throw new ClassNotFoundException(name);
            }
            return name.startsWith("io.martlet.async.") ? define(name) : all.loadClass(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream input = all.getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (input == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = input.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
