package io.martlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomeTest {
    @Test
    void aSuccessGivesItsValue() {
        Outcome<String> outcome = new Outcome.Success<>(3, "a");

        assertTrue(outcome.isSuccess());
        assertEquals(3, outcome.index());
        assertEquals("a", outcome.orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("errors")
    void aFailureThrowsItsErrorAsItIs(Throwable error) {
        Outcome<String> outcome = new Outcome.Failure<>(3, error);

        assertFalse(outcome.isSuccess());
        assertEquals(3, outcome.index());
        assertSame(error, assertThrows(Throwable.class, outcome::orElseThrow));
    }

    static Stream<Throwable> errors() {
        return Stream.of(
                new IOException("checked"), new IllegalStateException("unchecked"), new AssertionError("error"));
    }

    @Test
    void theValueOfASuccessIsMapped() {
        assertEquals(new Outcome.Success<>(3, 2), new Outcome.Success<>(3, "ab").map(String::length));
    }

    @Test
    void aFailureIsMappedToItself() {
        IOException error = new IOException();

        assertEquals(new Outcome.Failure<Integer>(3, error), new Outcome.Failure<String>(3, error).map(String::length));
    }
}
