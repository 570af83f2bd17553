package io.martlet.samples.fetch.report;

/** A drawing with room for the labels of its axes: fractions of the axes, 0 to 1, become places on it. */
record Plot(int width, int height, int left, int top, int right, int bottom) {
    double x(double fraction) {
        return round(left + fraction * (width - left - right));
    }

    /** From the bottom up. */
    double y(double fraction) {
        return round(height - bottom - fraction * (height - top - bottom));
    }

    /** Begins the drawing, which {@code title} describes to those who do not see it. */
    Markup begin(Markup page, String title) {
        return page.open("div", "class", "chart")
                .open("svg", "viewBox", "0 0 " + width + " " + height, "role", "img", "aria-label", title)
                .element("title", title);
    }

    /** Lines across, with the numbers that they stand for before them. */
    void rules(Markup page, Axis axis) {
        for (double tick : axis.ticks()) {
            double y = y(axis.at(tick));
            page.empty("line", "class", tick == 0 ? "base" : "rule", "x1", x(0), "x2", x(1), "y1", y, "y2", y);
            page.element("text", Units.count(Math.round(tick)), "class", "tick end", "x", x(0) - 6, "y", y + 4);
        }
    }

    /** A label below the lower axis. */
    void labelBelow(Markup page, double x, String text) {
        page.element("text", text, "class", "tick middle", "x", x, "y", height - bottom + 17);
    }

    private static double round(double place) {
        return Math.round(place * 100) / 100.0;
    }
}
