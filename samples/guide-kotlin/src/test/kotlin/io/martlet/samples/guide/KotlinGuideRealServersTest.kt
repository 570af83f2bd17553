package io.martlet.samples.guide

internal class KotlinGuideRealServersTest : HttpbinContract()
