package io.martlet.auth;

/** What credentials are written in: RFC 9110 §5.6.2 and §11.2. */
final class CredentialText {
    private CredentialText() {}

    static void refuseControls(String what, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw new IllegalArgumentException(what + " holds a control character at index " + i);
            }
        }
    }

    static boolean isToken68(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        return end > 0 && text.chars().limit(end).allMatch(CredentialText::isToken68Char);
    }

    private static boolean isToken68Char(int c) {
        return isAlphanumeric(c) || "-._~+/".indexOf(c) >= 0;
    }

    static boolean isTokenChar(int c) {
        return isAlphanumeric(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    private static boolean isAlphanumeric(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
