package io.martlet.samples.guide

import kotlin.io.path.Path

internal class KotlinGuideTest : GuideContract(Path("src/main/kotlin"))
