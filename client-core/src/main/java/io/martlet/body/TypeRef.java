package io.martlet.body;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.stream.Stream;

/**
 * Names a type that a class cannot say, by an anonymous subclass:
 *
 * <pre>{@code
 * List<Post> posts = response.json(new TypeRef<List<Post>>() {});
 * }</pre>
 *
 * @param <T> the type
 */
public abstract class TypeRef<T> {
    private final Type type;

    /**
     * Reads {@code T} off the subclass.
     *
     * @throws IllegalArgumentException if that does not say it: {@code new TypeRef() {}}, or {@code new TypeRef<List<E>>() {}}
     *     where {@code E} is a type variable, which is not known when the program runs
     */
    protected TypeRef() {
        Type parent = getClass().getGenericSuperclass();
        if (!(parent instanceof ParameterizedType named) || named.getRawType() != TypeRef.class) {
            throw new IllegalArgumentException(
                    getClass().getName() + " names no type: write new TypeRef<List<Post>>() {}");
        }
        type = named.getActualTypeArguments()[0];
        if (hasVariable(type)) {
            throw new IllegalArgumentException("TypeRef<" + type.getTypeName() + "> names a type variable");
        }
    }

    private static boolean hasVariable(Type type) {
        if (type instanceof ParameterizedType named) {
            return Stream.of(named.getActualTypeArguments()).anyMatch(TypeRef::hasVariable);
        }
        if (type instanceof GenericArrayType array) {
            return hasVariable(array.getGenericComponentType());
        }
        if (type instanceof WildcardType wildcard) {
            return Stream.of(wildcard.getUpperBounds(), wildcard.getLowerBounds())
                    .flatMap(Stream::of)
                    .anyMatch(TypeRef::hasVariable);
        }
        return type instanceof TypeVariable;
    }

    /** {@return the type that was named} */
    public final Type type() {
        return type;
    }

    @Override
    public final String toString() {
        return type.getTypeName();
    }
}
