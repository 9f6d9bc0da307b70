package dev.cairn.simulation.mutant;

import dev.cairn.simulation.mutant.Edit.Answers;
import dev.cairn.simulation.mutant.Edit.BodyIs;
import dev.cairn.simulation.mutant.Edit.CallAnswers;
import dev.cairn.simulation.mutant.Edit.CallBecomes;
import dev.cairn.simulation.mutant.Edit.Inverts;
import dev.cairn.simulation.mutant.Edit.Makes;
import dev.cairn.simulation.mutant.Edit.ResultThrough;
import dev.cairn.simulation.mutant.Edit.Skips;
import dev.cairn.simulation.mutant.Edit.TextBecomes;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Makes one edit in one class. */
final class Planting {

  private static final String PLANTED = Type.getInternalName(Planted.class);

  private final Plant plant;
  private int places;

  private Planting(Plant plant) {
    this.plant = plant;
  }

  /**
   * The class with the edit made.
   *
   * @throws StaleMutantException if there is no place for it
   */
  static byte[] into(byte[] type, Plant plant) {
    ClassNode node = new ClassNode();
    new ClassReader(type).accept(node, 0);
    new Planting(plant).edit(node);
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    node.accept(writer);
    return writer.toByteArray();
  }

  private void edit(ClassNode node) {
    boolean found = false;
    for (MethodNode method : node.methods) {
      boolean isNamed = method.name.equals(plant.method());
      boolean isInside = method.name.startsWith("lambda$" + plant.method() + "$");
      found |= isNamed;
      if (isNamed || (isInside && isAboutCalls())) {
        edit(method);
      }
    }
    if (!found) {
      throw new StaleMutantException(plant, "there is no such method");
    }
    if (places == 0) {
      throw new StaleMutantException(plant, "there is no place for it");
    }
  }

  private boolean isAboutCalls() {
    return !(plant.edit() instanceof Answers
        || plant.edit() instanceof BodyIs
        || plant.edit() instanceof ResultThrough);
  }

  private void edit(MethodNode method) {
    Edit edit = plant.edit();
    if (edit instanceof Answers answers) {
      body(method, constant(answers.value()));
    } else if (edit instanceof BodyIs body) {
      InsnList call = arguments(method);
      call.add(call(body.planted(), Type.getReturnType(method.desc)));
      body(method, call);
    } else if (edit instanceof ResultThrough through) {
      resultThrough(method, through.planted());
    } else if (edit instanceof Makes makes) {
      makes(method, makes);
    } else if (edit instanceof TextBecomes text) {
      text(method, text);
    } else {
      for (MethodInsnNode call : calls(method)) {
        places++;
        edit(method, call);
      }
    }
  }

  private void edit(MethodNode method, MethodInsnNode call) {
    Edit edit = plant.edit();
    if (edit instanceof CallBecomes becomes) {
      method.instructions.insertBefore(call, becomes(method, call, becomes.planted()));
      method.instructions.remove(call);
    } else if (edit instanceof Inverts) {
      invert(call);
    } else {
      InsnList instead = pops(call);
      instead.add(
          edit instanceof CallAnswers answers
              ? constant(answers.value())
              : zero(Type.getReturnType(call.desc)));
      method.instructions.insertBefore(call, instead);
      method.instructions.remove(call);
    }
  }

  private String wanted() {
    Edit edit = plant.edit();
    if (edit instanceof Skips skips) {
      return skips.call();
    }
    if (edit instanceof CallAnswers answers) {
      return answers.call();
    }
    if (edit instanceof CallBecomes becomes) {
      return becomes.call();
    }
    return ((Inverts) edit).call();
  }

  private List<MethodInsnNode> calls(MethodNode method) {
    List<MethodInsnNode> calls = new ArrayList<>();
    for (AbstractInsnNode each : method.instructions) {
      if (each instanceof MethodInsnNode call) {
        String owner =
            call.owner.substring(
                1 + Math.max(call.owner.lastIndexOf('/'), call.owner.lastIndexOf('$')));
        if ((owner + "." + call.name).equals(wanted())) {
          calls.add(call);
        }
      }
    }
    return calls;
  }

  private void body(MethodNode method, InsnList instead) {
    places++;
    instead.add(new InsnNode(Type.getReturnType(method.desc).getOpcode(Opcodes.IRETURN)));
    method.instructions = instead;
    method.tryCatchBlocks.clear();
    method.localVariables = new ArrayList<>();
    method.visibleLocalVariableAnnotations = null;
    method.invisibleLocalVariableAnnotations = null;
  }

  private void resultThrough(MethodNode method, String planted) {
    Type result = Type.getReturnType(method.desc);
    for (AbstractInsnNode each : method.instructions) {
      if (each.getOpcode() == result.getOpcode(Opcodes.IRETURN)) {
        places++;
        InsnList through = arguments(method);
        through.add(call(planted, result));
        method.instructions.insertBefore(each, through);
      }
    }
  }

  private void makes(MethodNode method, Makes makes) {
    for (AbstractInsnNode each : method.instructions) {
      if (each instanceof TypeInsnNode made
          && made.getOpcode() == Opcodes.NEW
          && made.desc.equals(makes.from())) {
        made.desc = makes.instead();
        places++;
      } else if (each instanceof MethodInsnNode call
          && call.name.equals("<init>")
          && call.owner.equals(makes.from())) {
        call.owner = makes.instead();
      }
    }
  }

  private void text(MethodNode method, TextBecomes text) {
    for (AbstractInsnNode each : method.instructions) {
      if (each instanceof LdcInsnNode constant && text.from().equals(constant.cst)) {
        constant.cst = text.to();
        places++;
      }
    }
  }

  private void invert(MethodInsnNode call) {
    AbstractInsnNode next = call.getNext();
    if (!(next instanceof JumpInsnNode jump)
        || (jump.getOpcode() != Opcodes.IFEQ && jump.getOpcode() != Opcodes.IFNE)) {
      throw new StaleMutantException(plant, "nothing is asked right after the call");
    }
    jump.setOpcode(jump.getOpcode() == Opcodes.IFEQ ? Opcodes.IFNE : Opcodes.IFEQ);
  }

  private InsnList becomes(MethodNode method, MethodInsnNode call, String planted) {
    InsnList instead = new InsnList();
    int given = Type.getArgumentTypes(call.desc).length;
    given += call.getOpcode() == Opcodes.INVOKESTATIC ? 0 : 1;
    if (planted(planted).getParameterCount() == given + 1) {
      if ((method.access & Opcodes.ACC_STATIC) != 0) {
        throw new StaleMutantException(plant, "the call is not made in an object");
      }
      instead.add(new VarInsnNode(Opcodes.ALOAD, 0));
    }
    instead.add(call(planted, Type.getReturnType(call.desc)));
    return instead;
  }

  private static InsnList arguments(MethodNode method) {
    InsnList loads = new InsnList();
    int slot = 0;
    if ((method.access & Opcodes.ACC_STATIC) == 0) {
      loads.add(new VarInsnNode(Opcodes.ALOAD, slot++));
    }
    for (Type argument : Type.getArgumentTypes(method.desc)) {
      loads.add(new VarInsnNode(argument.getOpcode(Opcodes.ILOAD), slot));
      slot += argument.getSize();
    }
    return loads;
  }

  private InsnList call(String planted, Type wanted) {
    Method target = planted(planted);
    InsnList call = new InsnList();
    call.add(
        new MethodInsnNode(
            Opcodes.INVOKESTATIC, PLANTED, planted, Type.getMethodDescriptor(target), false));
    Type given = Type.getReturnType(target);
    if (wanted.getSort() >= Type.ARRAY && !given.equals(wanted)) {
      call.add(new TypeInsnNode(Opcodes.CHECKCAST, wanted.getInternalName()));
    }
    return call;
  }

  private Method planted(String name) {
    for (Method method : Planted.class.getMethods()) {
      if (method.getName().equals(name)) {
        return method;
      }
    }
    throw new StaleMutantException(plant, "nothing of this name is planted");
  }

  private static InsnList pops(MethodInsnNode call) {
    InsnList pops = new InsnList();
    Type[] arguments = Type.getArgumentTypes(call.desc);
    for (int i = arguments.length - 1; i >= 0; i--) {
      pops.add(new InsnNode(arguments[i].getSize() == 2 ? Opcodes.POP2 : Opcodes.POP));
    }
    if (call.getOpcode() != Opcodes.INVOKESTATIC) {
      pops.add(new InsnNode(Opcodes.POP));
    }
    return pops;
  }

  private static InsnList constant(boolean value) {
    InsnList constant = new InsnList();
    constant.add(new InsnNode(value ? Opcodes.ICONST_1 : Opcodes.ICONST_0));
    return constant;
  }

  private static InsnList zero(Type type) {
    InsnList zero = new InsnList();
    switch (type.getSort()) {
      case Type.VOID -> {}
      case Type.LONG -> zero.add(new InsnNode(Opcodes.LCONST_0));
      case Type.FLOAT -> zero.add(new InsnNode(Opcodes.FCONST_0));
      case Type.DOUBLE -> zero.add(new InsnNode(Opcodes.DCONST_0));
      case Type.ARRAY, Type.OBJECT -> zero.add(new InsnNode(Opcodes.ACONST_NULL));
      default -> zero.add(new InsnNode(Opcodes.ICONST_0));
    }
    return zero;
  }
}
