"""The protected query service: a front without a store, a zygote that holds it, workers that may die."""
