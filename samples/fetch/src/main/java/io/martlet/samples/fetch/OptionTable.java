package io.martlet.samples.fetch;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Writes what {@link QuickArguments} has to know of the options of {@code fetch}, out of the annotations that picocli reads.
 * Runs when the command is built, so that nobody waits for it when the command starts.
 *
 * <p>A line for each name of an option: the name, what its values are, and the fields that lead to its own, with tabs
 * between. An option that is no flag, number, text or list of texts, and has no converter, is left out.
 */
public final class OptionTable {
    /** picocli's own, which it keeps to itself. */
    private static final String NO_DEFAULT = "__no_default_value__";

    private static final Map<String, String> KINDS = Map.of(
            "boolean", QuickArguments.FLAG,
            "int", QuickArguments.NUMBER,
            "java.lang.Integer", QuickArguments.NUMBER,
            "java.lang.String", QuickArguments.TEXT,
            "java.util.List<java.lang.String>", QuickArguments.TEXTS);

    private OptionTable() {}

    /** Writes the table beneath the folder of classes that {@code args} name. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0], OptionTable.class.getPackageName().split("\\."));
        Files.writeString(folder.resolve(QuickArguments.TABLE), of(FetchCommand.class, ""));
    }

    private static String of(Class<?> holder, String path) {
        StringBuilder table = new StringBuilder();
        for (Field field : holder.getDeclaredFields()) {
            Option option = field.getAnnotation(Option.class);
            if (option != null) {
                table.append(lines(option, field, path));
            } else if (field.isAnnotationPresent(Mixin.class) || field.isAnnotationPresent(ArgGroup.class)) {
                table.append(of(field.getType(), path + field.getName() + '.'));
            }
        }
        Class<?> above = holder.getSuperclass();
        return above == null ? table.toString() : table + of(above, path);
    }

    private static String lines(Option option, Field field, String path) {
        String kind = kind(option, field);
        StringBuilder lines = new StringBuilder();
        if (kind != null && isOrdinary(option)) {
            for (String name : option.names()) {
                lines.append(name).append('\t').append(kind).append('\t');
                lines.append(path).append(field.getName()).append('\n');
            }
        }
        return lines.toString();
    }

    private static String kind(Option option, Field field) {
        if (option.converter().length == 1) {
            return option.converter()[0].getName();
        }
        return KINDS.get(field.getGenericType().getTypeName());
    }

    private static boolean isOrdinary(Option option) {
        boolean hasOneValue = option.arity().isEmpty() && option.split().isEmpty() && !option.interactive();
        boolean isFree = !option.required() && !option.negatable() && !option.help() && !option.usageHelp();
        boolean isPlain = option.defaultValue().equals(NO_DEFAULT)
                && option.fallbackValue().isEmpty();
        return hasOneValue && isFree && isPlain && !option.versionHelp();
    }
}
