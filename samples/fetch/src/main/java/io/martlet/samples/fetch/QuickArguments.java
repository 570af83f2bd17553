package io.martlet.samples.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;

/**
 * Reads the usual command lines of {@code fetch}, as picocli reads them, in a hundredth of the time: it knows the options
 * from a table that was made when the command was built, and looks at no annotation. What is not so usual, wrong or a
 * question is left to picocli, which alone explains.
 */
final class QuickArguments {
    /** Where {@link OptionTable} writes. */
    static final String TABLE = "options.tsv";

    static final String FLAG = "flag";
    static final String NUMBER = "number";
    static final String TEXT = "text";
    static final String TEXTS = "texts";

    private static final int MAX_DIGITS = 9;

    private final Map<String, String[]> options = new HashMap<>();
    private final FetchCommand command;
    private final Set<String> seen = new HashSet<>();
    private final List<String> urls = new ArrayList<>();

    private QuickArguments(FetchCommand command, String table) {
        this.command = command;
        int start = 0;
        for (int end = table.indexOf('\n'); end >= 0; end = table.indexOf('\n', start)) {
            String[] line = table.substring(start, end).split("\t");
            options.put(line[0], line);
            start = end + 1;
        }
    }

    /** Makes {@code command} what {@code args}, which begin with its name, ask for; false if picocli has to, with another. */
    static boolean apply(FetchCommand command, String... args) {
        if (args.length < 2 || !args[0].equals("fetch")) {
            return false;
        }
        try (InputStream table = QuickArguments.class.getResourceAsStream(TABLE)) {
            return table != null
                    && new QuickArguments(command, new String(table.readAllBytes(), StandardCharsets.UTF_8))
                            .apply(args);
        } catch (IOException | ReflectiveOperationException e) {
            return false;
        }
    }

    private boolean apply(String... args) throws ReflectiveOperationException {
        for (int i = 1; i < args.length; i++) {
            String word = args[i];
            if (!word.startsWith("-")) {
                urls.add(word);
                continue;
            }
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String[] option = options.get(equals < 0 ? word : word.substring(0, equals));
            if (option == null) {
                return false;
            }
            String value = null;
            if (equals >= 0) {
                value = word.substring(equals + 1);
            } else if (!option[1].equals(FLAG)) {
                value = ++i < args.length ? args[i] : null;
            }
            if (!set(option, value)) {
                return false;
            }
        }
        if (!urls.isEmpty()) {
            field(command, "urls").set(command, urls);
        }
        return true;
    }

    private boolean set(String[] option, @Nullable String value) throws ReflectiveOperationException {
        String kind = option[1];
        boolean isFlag = kind.equals(FLAG);
        // picocli knows better whether "--a -b" is a value, or one that was forgotten.
        if (isFlag != (value == null) || value != null && value.startsWith("-") && value.length() > 1) {
            return false;
        }
        if (!seen.add(option[2]) && !kind.equals(TEXTS)) {
            return false;
        }
        Object holder = command;
        String[] path = option[2].split("\\.");
        for (int i = 0; i < path.length - 1; i++) {
            holder = field(holder, path[i]).get(holder);
        }
        Field field = field(holder, path[path.length - 1]);
        Object read = isFlag ? Boolean.TRUE : read(kind, String.valueOf(value), field, holder);
        if (read != null) {
            field.set(holder, read);
        }
        return read != null;
    }

    /** The value of the field; null if picocli has to read it. */
    private static @Nullable Object read(String kind, String value, Field field, Object holder)
            throws ReflectiveOperationException {
        switch (kind) {
            case NUMBER:
                return isNumber(value) ? Integer.valueOf(value) : null;
            case TEXT:
                return value;
            case TEXTS:
                List<Object> values = new ArrayList<>((List<?>) field.get(holder));
                values.add(value);
                return values;
            default:
                return converted(kind, value);
        }
    }

    private static @Nullable Object converted(String converter, String value) throws ReflectiveOperationException {
        Constructor<?> made = Class.forName(converter).getDeclaredConstructor();
        made.setAccessible(true);
        try {
            return ((ITypeConverter<?>) made.newInstance()).convert(value);
        } catch (Exception e) {
            return null;
        }
    }

    private static boolean isNumber(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        boolean isOctal = value.length() > 1 && value.startsWith("0");
        return !value.isEmpty() && value.length() <= MAX_DIGITS && !isOctal;
    }

    private static Field field(Object holder, String name) throws NoSuchFieldException {
        Class<?> type = holder.getClass();
        while (type != null) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field;
                }
            }
            type = type.getSuperclass();
        }
        throw new NoSuchFieldException(name);
    }
}
