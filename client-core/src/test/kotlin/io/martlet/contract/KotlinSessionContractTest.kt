package io.martlet.contract

/** The contract for [io.martlet.ClientSession] over stock CIO. */
class KotlinSessionContractTest : SessionContract() {
    override val face = KotlinFace()
}
