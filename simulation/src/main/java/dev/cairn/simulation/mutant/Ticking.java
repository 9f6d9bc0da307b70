package dev.cairn.simulation.mutant;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Lets {@link Ticks} count every jump backwards of a class. */
final class Ticking extends ClassVisitor {

  private static final String TICKS = Type.getInternalName(Ticks.class);

  private Ticking(ClassVisitor next) {
    super(Opcodes.ASM9, next);
  }

  static byte[] of(byte[] type) {
    ClassReader reader = new ClassReader(type);
    if (reader.getClassName().equals(TICKS)) {
      return type;
    }
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new Ticking(writer), 0);
    return writer.toByteArray();
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
    return new MethodVisitor(Opcodes.ASM9, next) {
      private final Set<Label> passed = new HashSet<>();

      @Override
      public void visitLabel(Label label) {
        passed.add(label);
        super.visitLabel(label);
      }

      @Override
      public void visitJumpInsn(int opcode, Label label) {
        if (passed.contains(label)) {
          super.visitMethodInsn(Opcodes.INVOKESTATIC, TICKS, "tick", "()V", false);
        }
        super.visitJumpInsn(opcode, label);
      }
    };
  }
}
