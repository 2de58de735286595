namespace Orleans;

/// <summary>On a grain class: every stream of the namespace, of any provider, is subscribed to by the grain that has the stream's key.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public class ImplicitStreamSubscriptionAttribute(string streamNamespace) : Attribute
{
    internal string StreamNamespace { get; } = streamNamespace.Trim();
}
