/* linalg.h - the linear algebra library, behind one wall
 */
#ifndef ATTUNE_MATH_LINALG_PRIVATE_H
#define ATTUNE_MATH_LINALG_PRIVATE_H

/* Lets BLAS run on one thread: threads are ours, and the same input gives the same
 * bits whatever the machine. */
void att_linalg_start(void);

#endif
