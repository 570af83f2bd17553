package io.martlet;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What became of one of many: a {@link Success} or a {@link Failure}. Immutable.
 *
 * @param <T> what a success holds
 */
public sealed interface Outcome<T extends @Nullable Object> {
    /** {@return the place of the input among all inputs, from 0} */
    long index();

    /** {@return whether this is a {@link Success}} */
    boolean isSuccess();

    /**
     * {@return the value of a success}
     *
     * <p>Throws the error of a failure as it is, declared or not, so that this can be called in lambdas.
     */
    T orElseThrow();

    /**
     * {@return a success with the value that {@code mapper} makes of this one's; a failure stays as it is}
     *
     * @param <R>    what a success then holds
     * @param mapper is given the value of a success; what it throws is thrown here
     */
    <R extends @Nullable Object> Outcome<R> map(Function<? super T, ? extends R> mapper);

    /**
     * It worked.
     *
     * @param <T>   what it holds
     * @param index the place of the input among all inputs, from 0
     * @param value what came of it
     */
    record Success<T extends @Nullable Object>(long index, T value) implements Outcome<T> {
        @Override
        public boolean isSuccess() {
            return true;
        }

        @Override
        public T orElseThrow() {
            return value;
        }

        @Override
        public <R extends @Nullable Object> Outcome<R> map(Function<? super T, ? extends R> mapper) {
            return new Success<>(index, mapper.apply(value));
        }
    }

    /**
     * It failed.
     *
     * @param <T>   what a success would hold
     * @param index the place of the input among all inputs, from 0
     * @param error why: a {@code ClientException} where the request failed, whatever the caller's own code threw otherwise
     */
    record Failure<T extends @Nullable Object>(long index, Throwable error) implements Outcome<T> {
        @Override
        public boolean isSuccess() {
            return false;
        }

        @Override
        public T orElseThrow() {
            throw Failure.<RuntimeException>undeclared(error);
        }

        @Override
        public <R extends @Nullable Object> Outcome<R> map(Function<? super T, ? extends R> mapper) {
            return new Failure<>(index, error);
        }

        @SuppressWarnings("unchecked")
        private static <E extends Throwable> E undeclared(Throwable error) throws E {
            throw (E) error;
        }
    }
}
