import { useMutation, useQueryClient } from '@tanstack/vue-query'
import * as api from '@/api'
import { keys } from '@/api/queries'

/** Asks CodeBuddy again what the accounts offer. */
export function useFreshModels() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: api.refreshModels,
    onSettled: () => queries.invalidateQueries({ queryKey: keys.models }),
  })
}
