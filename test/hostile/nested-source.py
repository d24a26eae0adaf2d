# outcome: syntax-error
x = {{NESTED}}
