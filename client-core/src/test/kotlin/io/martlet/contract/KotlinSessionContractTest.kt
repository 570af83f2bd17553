package io.martlet.contract

import io.martlet.wire

/** The contract for [io.martlet.ClientSession] over stock CIO. */
class KotlinSessionContractTest : SessionContract() {
    override val face = KotlinFace()
}

/** The contract for [io.martlet.ClientSession] over our own engine, without any gap. */
class WireSessionContractTest : SessionContract() {
    override val face = KotlinFace(wire(), emptySet())
}
