package io.martlet.samples.app;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of types in a class file, read off its constant pool (JVMS §4.4). */
final class ClassNames {
    private static final Pattern NAME = Pattern.compile("(?:[a-z0-9]+/)+[A-Z][\\w$]*");

    private ClassNames() {}

    static Set<String> in(byte[] classFile) throws IOException {
        Set<String> names = new TreeSet<>();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        in.skipNBytes(8);
        int count = in.readUnsignedShort();
        for (int index = 1; index < count; index++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> {
                    Matcher found = NAME.matcher(in.readUTF());
                    while (found.find()) {
                        names.add(found.group().replace('/', '.'));
                    }
                }
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    index++; // they take two places
                }
                case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                default -> throw new IOException("No constant of a class file: " + tag);
            }
        }
        return names;
    }
}
