namespace Orleans;

/// <summary>On a type that is passed between grains or stored. Required on every type of our own that crosses a call.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute;
