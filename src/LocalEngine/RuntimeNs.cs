namespace Orleans.Runtime;

public interface IPlaceholder;
