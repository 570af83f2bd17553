package io.martlet.samples.guide;

import java.nio.file.Path;

class JavaGuideTest extends GuideContract {
    JavaGuideTest() {
        super(Path.of("src/main/java"));
    }
}
