package io.martlet.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TypeRefTest {
    private static class Named<T> extends TypeRef<T> {}

    @Test
    void theTypeIsReadOffTheSubclass() {
        assertEquals(
                "java.util.List<java.lang.String>",
                new TypeRef<List<String>>() {}.type().getTypeName());
        assertEquals(
                "java.util.Map<java.lang.String, java.util.List<? extends java.lang.Number>[]>",
                new TypeRef<Map<String, List<? extends Number>[]>>() {}.toString());
        assertEquals(String.class, new TypeRef<String>() {}.type());
    }

    @Test
    @SuppressWarnings("rawtypes")
    void aTypeThatIsNotSaidIsRefused() {
        assertEquals(
                getClass().getName() + "$1Raw names no type: write new TypeRef<List<Post>>() {}",
                assertThrows(IllegalArgumentException.class, () -> {
                            class Raw extends TypeRef {}
                            new Raw();
                        })
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Named<String>() {});
    }

    @Test
    void aTypeVariableIsRefused() {
        assertEquals(
                "TypeRef<java.util.List<E>> names a type variable",
                assertThrows(IllegalArgumentException.class, TypeRefTest::<String>listOf)
                        .getMessage());
        assertThrows(IllegalArgumentException.class, TypeRefTest::<String>arrayOf);
        assertThrows(IllegalArgumentException.class, TypeRefTest::<String>wildcardOf);
    }

    private static <E> TypeRef<List<E>> listOf() {
        return new TypeRef<>() {};
    }

    private static <E> TypeRef<List<E>[]> arrayOf() {
        return new TypeRef<>() {};
    }

    private static <E> TypeRef<List<? super E>> wildcardOf() {
        return new TypeRef<>() {};
    }
}
