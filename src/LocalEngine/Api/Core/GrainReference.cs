using System.Runtime.CompilerServices;
using Conclude.LocalEngine;
using Conclude.LocalEngine.Calls;
using Conclude.LocalEngine.References;

namespace Orleans.Runtime;

/// <summary>A reference to a grain or an observer. Equal when the identities are. Never changes.</summary>
[Immutable]
public class GrainReference : IAddressable, IEquatable<GrainReference>
{
    private readonly ReferenceTarget _target;
    private readonly IdSpan _key;

    internal GrainReference(ReferenceTarget target, IdSpan key)
    {
        _target = target;
        _key = key;
    }

    public GrainId GrainId => new(_target.GrainType, _key);

    internal Engine Engine => _target.Engine;

    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    public sealed override bool Equals(object? obj) => Equals(obj as GrainReference);

    public sealed override int GetHashCode() => GrainId.GetHashCode();

    public sealed override string ToString() => $"GrainReference:{GrainId}:{_target.Proxy.Interface.Name}";

    public static bool operator ==(GrainReference? left, GrainReference? right) => left?.Equals(right) ?? right is null;

    public static bool operator !=(GrainReference? left, GrainReference? right) => !(left == right);

    // The emitted proxies call these.
    internal Task Call<TArgs>(int method, TArgs args) => Begin<TArgs, NoResult>(method, args);

    internal Task<TResult> CallForResult<TArgs, TResult>(int method, TArgs args) => Begin<TArgs, TResult>(method, args);

    internal ValueTask CallValue<TArgs>(int method, TArgs args) => new(Begin<TArgs, NoResult>(method, args));

    internal ValueTask<TResult> CallValueForResult<TArgs, TResult>(int method, TArgs args) => new(Begin<TArgs, TResult>(method, args));

    internal void Send<TArgs>(int method, TArgs args) => _ = Begin<TArgs, NoResult>(method, args);

    private Task<TResult> Begin<TArgs, TResult>(int method, TArgs args)
    {
        var descriptor = Unsafe.As<MethodDescriptor<TArgs, TResult>>(_target.Proxy.Methods[method]);
        GrainCall<TArgs, TResult> call;
        try
        {
            call = new(Engine, descriptor, GrainId, descriptor.CopyArguments(args));
        }
        catch (Exception exception)
        {
            return Task.FromException<TResult>(exception);
        }

        Engine.Send(_target, GrainId, call);
        return call.Task ?? Task.FromResult<TResult>(default!);
    }
}
