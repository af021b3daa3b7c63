;; The two passes of a rehash that touch tens of thousands of objects: JavaScript would be compiled only while it does them, and
;; takes five times as long. Offsets are those of layout.ts; what is done is what text-hash.ts and tables.ts do, as kernel.test.ts
;; checks. A list is the distance of each address from the one before, in words.
(module
  (import "python" "memory" (memory 1))

  ;; Gives each `str` of the list the hash of its characters.
  (func (export "hashTexts") (param $list i32) (param $end i32) (param $prefix i32) (param $suffix i32)
    (local $text i32) (local $state i32) (local $size i32) (local $at i32) (local $words i32) (local $last i32) (local $hash i32)
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $list) (local.get $end)))
      (local.set $text (i32.add (local.get $text) (i32.shl (i32.load (local.get $list)) (i32.const 2))))
      (local.set $state (i32.load offset=16 (local.get $text)))
      (local.set $size (i32.mul
        (i32.load offset=8 (local.get $text))
        (i32.and (i32.shr_u (local.get $state) (i32.const 2)) (i32.const 7))))
      (local.set $at
        (if (result i32) (i32.and (local.get $state) (i32.const 32))
          (then (i32.add (local.get $text)
            (select (i32.const 20) (i32.const 28) (i32.and (local.get $state) (i32.const 64)))))
          (else (i32.load offset=28 (local.get $text)))))
      (local.set $hash (i32.xor (local.get $prefix) (i32.shl (i32.load8_u (local.get $at)) (i32.const 7))))
      (local.set $last (i32.add (local.get $at) (local.get $size)))
      (local.set $words (i32.add (local.get $at)
        (i32.and (i32.sub (local.get $size) (i32.const 1)) (i32.const -4))))
      (block $rest (loop $word
        (br_if $rest (i32.ge_u (local.get $at) (local.get $words)))
        (local.set $hash (i32.xor
          (i32.mul (local.get $hash) (i32.const 1000003))
          (i32.load (local.get $at))))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br $word)))
      (block $hashed (loop $byte
        (br_if $hashed (i32.ge_u (local.get $at) (local.get $last)))
        (local.set $hash (i32.xor
          (i32.mul (local.get $hash) (i32.const 1000003))
          (i32.load8_u (local.get $at))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $byte)))
      (local.set $hash (i32.xor (i32.xor (local.get $hash) (local.get $size)) (local.get $suffix)))
      ;; -1 is no hash.
      (i32.store offset=12 (local.get $text)
        (select (i32.const -2) (local.get $hash) (i32.eq (local.get $hash) (i32.const -1))))
      (local.set $list (i32.add (local.get $list) (i32.const 4)))
      (br $next))))

  ;; Fills the indices of each keys object of the list; all its keys are `str`.
  (func (export "fillIndices") (param $list i32) (param $end i32)
    (local $keys i32) (local $bits i32) (local $bytes i32) (local $width i32) (local $split i32) (local $mask i32)
    (local $count i32) (local $table i32) (local $entry i32) (local $index i32) (local $slot i32) (local $perturb i32)
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $list) (local.get $end)))
      (local.set $keys (i32.add (local.get $keys) (i32.shl (i32.load (local.get $list)) (i32.const 2))))
      (local.set $list (i32.add (local.get $list) (i32.const 4)))
      (local.set $bits (i32.load8_u offset=4 (local.get $keys)))
      (local.set $bytes (i32.shl (i32.const 1) (i32.load8_u offset=5 (local.get $keys))))
      (local.set $width (i32.sub (i32.load8_u offset=5 (local.get $keys)) (local.get $bits)))
      (local.set $split (i32.eq (i32.load8_u offset=6 (local.get $keys)) (i32.const 2)))
      (local.set $mask (i32.sub (i32.shl (i32.const 1) (local.get $bits)) (i32.const 1)))
      (local.set $count (i32.load offset=16 (local.get $keys)))
      (local.set $table (i32.add (local.get $keys) (i32.const 20)))
      (local.set $entry (i32.add (local.get $table) (local.get $bytes)))
      (memory.fill (local.get $table) (i32.const 255) (local.get $bytes))
      (local.set $index (i32.const 0))
      (loop $entries
        (br_if $next (i32.ge_u (local.get $index) (local.get $count)))
        (block $filled
          ;; Of a split table the values are elsewhere; in others, what has none was deleted.
          (br_if $filled (i32.eqz (i32.or (local.get $split) (i32.load offset=4 (local.get $entry)))))
          (local.set $perturb (i32.load offset=12 (i32.load (local.get $entry))))
          (local.set $slot (i32.and (local.get $perturb) (local.get $mask)))
          (loop $probe
            (if (i32.eqz (call $free (local.get $table) (local.get $slot) (local.get $width)))
              (then
                (local.set $perturb (i32.shr_u (local.get $perturb) (i32.const 5)))
                (local.set $slot (i32.and
                  (i32.add (i32.add (i32.mul (local.get $slot) (i32.const 5)) (local.get $perturb)) (i32.const 1))
                  (local.get $mask)))
                (br $probe))))
          (if (i32.eqz (local.get $width))
            (then (i32.store8 (i32.add (local.get $table) (local.get $slot)) (local.get $index)))
            (else (if (i32.eq (local.get $width) (i32.const 1))
              (then (i32.store16
                (i32.add (local.get $table) (i32.shl (local.get $slot) (i32.const 1))) (local.get $index)))
              (else (i32.store
                (i32.add (local.get $table) (i32.shl (local.get $slot) (i32.const 2))) (local.get $index)))))))
        (local.set $entry (i32.add (local.get $entry) (i32.const 8)))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br $entries)))))

  ;; Whether a place of a table of indices holds none. `width`: 0, 1, 2 for indices of 1, 2, 4 bytes.
  (func $free (param $table i32) (param $slot i32) (param $width i32) (result i32)
    (if (result i32) (i32.eqz (local.get $width))
      (then (i32.eq (i32.load8_u (i32.add (local.get $table) (local.get $slot))) (i32.const 0xff)))
      (else (if (result i32) (i32.eq (local.get $width) (i32.const 1))
        (then (i32.eq
          (i32.load16_u (i32.add (local.get $table) (i32.shl (local.get $slot) (i32.const 1)))) (i32.const 0xffff)))
        (else (i32.eq
          (i32.load (i32.add (local.get $table) (i32.shl (local.get $slot) (i32.const 2)))) (i32.const -1))))))))
