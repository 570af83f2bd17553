package io.martlet.samples.guide;

class JavaGuideRealServersTest extends HttpbinContract {}
