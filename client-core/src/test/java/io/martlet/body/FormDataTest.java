package io.martlet.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormDataTest {
    private static String sent(FormData form) {
        return new String(((BytesBody) form.toBody()).bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void fieldsKeepTheirOrderAndRepeatedNames() {
        assertEquals("b=2&a=1&b=3", sent(FormData.of("b", "2", "a", "1", "b", "3")));
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "azAZ09*-._,azAZ09*-._",
                "a b,a+b",
                "a+b,a%2Bb",
                "&=%,%26%3D%25",
                "~!'(),%7E%21%27%28%29",
                "ü🐦,%C3%BC%F0%9F%90%A6",
                "'a\nb','a%0Ab'",
            })
    void aFieldIsWrittenAsBrowsersDo(String text, String written) {
        assertEquals(written + "=" + written, sent(FormData.of(text, text)));
    }

    @Test
    void anEmptyNameOrValueStaysAField() {
        assertEquals("a=&=b&=", sent(FormData.of("a", "", "", "b", "", "")));
    }

    @Test
    void aFormWithoutFieldsIsEmpty() {
        RequestBody body = FormData.builder().build().toBody();

        assertEquals("0 bytes of application/x-www-form-urlencoded", body.toString());
    }

    @Test
    void numbersAndBooleansAreWrittenAsTheyPrint() {
        FormData form =
                FormData.builder().add("a", 1).add("b", 1.5).add("c", true).build();

        assertEquals("a=1&b=1.5&c=true", sent(form));
    }

    @Test
    void aMapGivesAFieldForEachElement() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("b", List.of(1, "x"));
        fields.put("a", 2);

        assertEquals("b=1&b=x&a=2", sent(FormData.of(fields)));
    }

    @Test
    void anotherCharsetIsUsedAndNamed() {
        FormData form = FormData.builder()
                .add("a", "ü")
                .charset(StandardCharsets.ISO_8859_1)
                .build();

        assertEquals("a=%FC", sent(form));
        assertEquals(
                "application/x-www-form-urlencoded; charset=ISO-8859-1",
                String.valueOf(form.toBody().contentType()));
    }

    @Test
    void aCharacterThatTheCharsetDoesNotHaveIsRefused() {
        FormData form = FormData.builder()
                .add("a", "x€")
                .charset(StandardCharsets.ISO_8859_1)
                .build();

        assertEquals(
                "value of a form field: the character U+20AC at index 1 cannot be written in ISO-8859-1",
                assertThrows(IllegalArgumentException.class, form::toBody).getMessage());
    }

    @Test
    void aNameWithoutAValueIsRefused() {
        assertEquals(
                "namesAndValues has 1 elements: a name without a value",
                assertThrows(IllegalArgumentException.class, () -> FormData.of("a"))
                        .getMessage());
    }

    @Test
    void valuesDoNotShow() {
        assertEquals(
                "FormData[user, password]",
                FormData.of("user", "me", "password", "secret").toString());
    }

    @Test
    void aFormDoesNotChangeWithItsBuilder() {
        FormData.Builder builder = FormData.builder().add("a", 1);
        FormData form = builder.build();

        builder.add("b", 2);

        assertEquals(Arrays.asList("a=1", "a=1&b=2"), Arrays.asList(sent(form), sent(builder.build())));
    }
}
