using System.Reflection;
using System.Reflection.Emit;

namespace Conclude.LocalEngine.Copying;

/// <summary>Copies an object field by field, private and read-only fields included; shared fields come with the shallow clone.</summary>
internal static class FieldCopier
{
    private static readonly MethodInfo Clone = typeof(object).GetMethod(nameof(MemberwiseClone), BindingFlags.Instance | BindingFlags.NonPublic)!;
    private static readonly MethodInfo Record = typeof(CopyContext).GetMethod(nameof(CopyContext.Record), BindingFlags.Instance | BindingFlags.NonPublic)!;

    internal static Func<T, CopyContext, T> Compile<T>(Type type)
    {
        // Emitted rather than an expression tree: only IL may store into read-only fields.
        var method = new DynamicMethod($"Copy_{type.Name}", type, [type, typeof(CopyContext)], typeof(FieldCopier).Module, skipVisibility: true);
        var code = method.GetILGenerator();
        var copy = code.DeclareLocal(type);
        code.Emit(OpCodes.Ldarg_0);
        if (!type.IsValueType)
        {
            code.Emit(OpCodes.Call, Clone);
            code.Emit(OpCodes.Castclass, type);
        }

        code.Emit(OpCodes.Stloc, copy);
        if (!type.IsValueType)
        {
            code.Emit(OpCodes.Ldarg_1);
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Ldloc, copy);
            code.Emit(OpCodes.Call, Record);
        }

        foreach (var field in CopyRules.FieldsOf(type))
        {
            if (CopyRules.IsShared(field.FieldType))
            {
                continue;
            }

            code.Emit(type.IsValueType ? OpCodes.Ldloca : OpCodes.Ldloc, copy);
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Ldfld, field);
            code.Emit(OpCodes.Ldarg_1);
            code.Emit(OpCodes.Call, typeof(Copier<>).MakeGenericType(field.FieldType)
                .GetMethod(nameof(Copier<>.Copy), BindingFlags.Static | BindingFlags.NonPublic)!);
            code.Emit(OpCodes.Stfld, field);
        }

        code.Emit(OpCodes.Ldloc, copy);
        code.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<T, CopyContext, T>>();
    }
}
