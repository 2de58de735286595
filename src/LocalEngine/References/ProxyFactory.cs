using System.Linq.Expressions;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Conclude.LocalEngine.Calls;
using Orleans.Runtime;

namespace Conclude.LocalEngine.References;

/// <summary>
/// Emits proxy classes. A method packs its arguments into a value tuple and hands them, with its number, to one of the
/// typed <c>Call</c> methods of <see cref="GrainReference"/>: no reflection when called.
/// </summary>
internal static class ProxyFactory
{
    private static int _count;

    internal static ProxyType Emit(Type interfaceType)
    {
        var assembly = AssemblyBuilder.DefineDynamicAssembly(
            new AssemblyName($"Conclude.LocalEngine.Proxies.{Interlocked.Increment(ref _count)}"), AssemblyBuilderAccess.Run);
        AllowAccess(assembly, interfaceType);
        var type = assembly.DefineDynamicModule("Proxies").DefineType(
            $"{interfaceType.FullName}_Proxy", TypeAttributes.Sealed | TypeAttributes.Class | TypeAttributes.Public, typeof(GrainReference), [interfaceType]);
        EmitConstructor(type);
        var methods = Methods(interfaceType);
        var descriptors = new object[methods.Length];
        for (var index = 0; index < methods.Length; index++)
        {
            descriptors[index] = EmitMethod(type, methods[index], index);
        }

        var proxy = type.CreateType();
        var target = Expression.Parameter(typeof(ReferenceTarget), "target");
        var key = Expression.Parameter(typeof(IdSpan), "key");
        var create = Expression.Lambda<Func<ReferenceTarget, IdSpan, GrainReference>>(
            Expression.New(proxy.GetConstructor([typeof(ReferenceTarget), typeof(IdSpan)])!, target, key), target, key);
        return new(interfaceType, descriptors, create.Compile());
    }

    private static MethodInfo[] Methods(Type interfaceType)
    {
        Type[] all = [interfaceType, .. interfaceType.GetInterfaces()];
        MethodInfo[] methods = [.. all.SelectMany(static type => type.GetMethods()).Where(static method => !method.IsStatic)];
        foreach (var method in methods)
        {
            if (method.IsSpecialName || method.IsGenericMethod || Array.Exists(method.GetParameters(), static parameter => parameter.ParameterType.IsByRef))
            {
                throw new NotSupportedException($"{method.DeclaringType}.{method.Name} cannot be called through a reference: properties, generic methods and ref parameters are not supported.");
            }
        }

        return methods;
    }

    private static void EmitConstructor(TypeBuilder type)
    {
        Type[] parameters = [typeof(ReferenceTarget), typeof(IdSpan)];
        var constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, parameters).GetILGenerator();
        constructor.Emit(OpCodes.Ldarg_0);
        constructor.Emit(OpCodes.Ldarg_1);
        constructor.Emit(OpCodes.Ldarg_2);
        constructor.Emit(OpCodes.Call, typeof(GrainReference).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, parameters)!);
        constructor.Emit(OpCodes.Ret);
    }

    private static object EmitMethod(TypeBuilder type, MethodInfo method, int index)
    {
        var parameters = Array.ConvertAll(method.GetParameters(), static parameter => parameter.ParameterType);
        var args = ArgumentTuple.TypeFor(method);
        var (call, result) = CallFor(method, args);
        var builder = type.DefineMethod(
            $"{method.DeclaringType!.FullName}.{method.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot,
            method.ReturnType,
            parameters);
        var code = builder.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldc_I4, index);
        for (var parameter = 1; parameter <= parameters.Length; parameter++)
        {
            code.Emit(OpCodes.Ldarg, (short)parameter);
        }

        if (parameters.Length == 0)
        {
            var empty = code.DeclareLocal(args);
            code.Emit(OpCodes.Ldloc, empty);
        }
        else
        {
            code.Emit(OpCodes.Newobj, args.GetConstructor(parameters)!);
        }

        code.Emit(OpCodes.Call, call);
        code.Emit(OpCodes.Ret);
        type.DefineMethodOverride(builder, method);
        return Activator.CreateInstance(typeof(MethodDescriptor<,>).MakeGenericType(args, result), method)!;
    }

    private static (MethodInfo Call, Type Result) CallFor(MethodInfo method, Type args)
    {
        var returned = method.ReturnType;
        var definition = returned.IsGenericType ? returned.GetGenericTypeDefinition() : returned;
        var name = definition == typeof(Task) ? nameof(GrainReference.Call)
            : definition == typeof(Task<>) ? nameof(GrainReference.CallForResult)
            : definition == typeof(ValueTask) ? nameof(GrainReference.CallValue)
            : definition == typeof(ValueTask<>) ? nameof(GrainReference.CallValueForResult)
            : definition == typeof(void) ? nameof(GrainReference.Send)
            : throw new NotSupportedException($"{method.DeclaringType}.{method.Name} returns {returned}; a grain method returns Task, Task<T>, ValueTask, ValueTask<T> or void.");
        var call = typeof(GrainReference).GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic)!;
        return returned.IsGenericType
            ? (call.MakeGenericMethod(args, returned.GetGenericArguments()[0]), returned.GetGenericArguments()[0])
            : (call.MakeGenericMethod(args), typeof(NoResult));
    }

    /// <summary>Grain interfaces and their messages may be internal to their assemblies.</summary>
    private static void AllowAccess(AssemblyBuilder proxies, Type interfaceType)
    {
        var constructor = typeof(IgnoresAccessChecksToAttribute).GetConstructor([typeof(string)])!;
        var names = new HashSet<string>(StringComparer.Ordinal) { typeof(ProxyFactory).Assembly.GetName().Name! };
        foreach (var type in new[] { interfaceType }.Concat(interfaceType.GetInterfaces()))
        {
            names.Add(type.Assembly.GetName().Name!);
            foreach (var method in type.GetMethods())
            {
                Collect(method.ReturnType, names);
                Array.ForEach(method.GetParameters(), parameter => Collect(parameter.ParameterType, names));
            }
        }

        foreach (var name in names)
        {
            proxies.SetCustomAttribute(new CustomAttributeBuilder(constructor, [name]));
        }
    }

    private static void Collect(Type type, HashSet<string> names)
    {
        names.Add(type.Assembly.GetName().Name!);
        if (type.HasElementType)
        {
            Collect(type.GetElementType()!, names);
        }

        foreach (var argument in type.GetGenericArguments())
        {
            Collect(argument, names);
        }
    }
}
