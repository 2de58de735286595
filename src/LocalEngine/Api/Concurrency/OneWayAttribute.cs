namespace Orleans.Concurrency;

/// <summary>On an interface method: the caller's task ends when the call is sent; its outcome is never reported.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;
